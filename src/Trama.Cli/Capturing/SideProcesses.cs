using Trama.Processes.Containers;
using Trama.Processes.Facts;
using Trama.Processes.Owning;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>What reports say of the processes of this machine.</summary>
internal static class SideProcesses
{
    private static readonly SideProcess s_nobody = new() { IsNobody = true };

    /// <summary>The process of a side; null when nothing is known of it.</summary>
    public static SideProcess? Of(SocketOwner? owner)
    {
        if (owner is null) return null;
        if (owner == SocketOwner.Nobody) return s_nobody;
        if (owner.Processes is not [ProcessFacts first, ..])
        {
            return new SideProcess
            {
                User = owner.UserName,
                Container = ContainerText(owner.Container),
                Pod = owner.Container?.Pod,
            };
        }

        return new SideProcess
        {
            Ids = [.. owner.Processes.Select(process => process.Id)],
            Command = Shared(process => process.Name is "" ? null : process.Name),
            Program = Shared(process => process.Program),
            CommandLine = Shared(process => process.CommandLine),
            User = Shared(process => process.UserName),
            Container = Shared(process => ContainerText(process.Container)),
            Pod = Shared(process => process.Container?.Pod),
        };

        // Of several holders only what they have in common.
        string? Shared(Func<ProcessFacts, string?> part) => owner.Processes.All(other => part(other) == part(first)) ? part(first) : null;
    }

    /// <summary>A container as Kubernetes writes it, <c>docker://3f4a…</c>; its identifier alone when the runtime is not known.</summary>
    public static string? ContainerText(Container? container) =>
        container?.Id is not { } id ? null : container.Runtime is { } runtime ? $"{runtime}://{id}" : id;
}
