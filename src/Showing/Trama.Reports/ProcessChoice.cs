using System.Globalization;
using Trama.Tracing;

namespace Trama.Reports;

/// <summary>Which connections are meant by the processes at their ends. All that is asked for must hold of the same side.</summary>
public sealed record ProcessChoice
{
    /// <summary>A process' number, or the name of a command or the path or name of a program; null for all.</summary>
    public string? Process { get; init; }

    /// <summary>The name of a user; null for all.</summary>
    public string? User { get; init; }

    /// <summary>How the identifier of a container begins, a pod's uid, or a runtime such as <c>docker</c>; null for all.</summary>
    public string? Container { get; init; }

    /// <summary>Whether either side is meant. What is not known is not.</summary>
    public bool Includes(SideProcess? client, SideProcess? server) => Includes(client) || Includes(server);

    private bool Includes(SideProcess? side) => side is not null
        && (Process is null || IsProcess(side, Process))
        && (User is null || side.User == User)
        && (Container is null || IsContainer(side, Container));

    private static bool IsProcess(SideProcess side, string asked) =>
        side.Ids.Any(id => id.ToString(CultureInfo.InvariantCulture) == asked)
        || side.Command == asked || side.Program == asked || Path.GetFileName(side.Program) == asked;

    private static bool IsContainer(SideProcess side, string asked)
    {
        if (side.Pod == asked) return true;
        if (side.Container is not { } container) return false;
        int scheme = container.IndexOf("://", StringComparison.Ordinal);
        return (scheme >= 0 && container[..scheme] == asked) || container.StartsWith(asked, StringComparison.Ordinal)
            || (scheme >= 0 && container.AsSpan(scheme + 3).StartsWith(asked, StringComparison.Ordinal));
    }
}
