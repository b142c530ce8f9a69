using System.Globalization;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>
/// Processes in the comments of packets, in the form in which ptcpdump writes them and others read them: lines of a name, a colon and a
/// value, in a comment for each of process, user, container and pod.
/// </summary>
internal static class ProcessComments
{
    /// <summary>The comments that tell of a process; none when it is not known.</summary>
    public static IEnumerable<string> Of(SideProcess? process)
    {
        if (process is not { Ids: [int id, ..] }) yield break;
        string program = OneLine(process.Program ?? process.Command ?? ""), words = OneLine(process.CommandLine ?? program);
        yield return string.Create(CultureInfo.InvariantCulture, $"PID: {id}\nCmd: {program}\nArgs: {words}");
        if (process.User is { } user) yield return $"User: {OneLine(user)}";
        if (process.Container is { } container)
        {
            int scheme = container.IndexOf("://", StringComparison.Ordinal);
            string runtime = scheme < 0 ? "" : $"\nContainerRuntime: {container[..scheme]}";
            yield return $"ContainerName: \nContainerId: {container[(scheme < 0 ? 0 : scheme + 3)..]}{runtime}";
        }

        if (process.Pod is { } pod) yield return $"PodName: \nPodUID: {pod}";
    }

    // A process says its words itself: none of them is to look like a line of its own.
    private static string OneLine(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;

    /// <summary>The process that comments tell of; null when they tell of none.</summary>
    public static SideProcess? Parse(IReadOnlyList<string> comments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in comments.SelectMany(comment => comment.Split('\n')))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0) values.TryAdd(line[..colon], line[(colon + 2)..]);
        }

        if (!values.TryGetValue("PID", out string? number)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return null;
        string? program = Known("Cmd");
        string? container = Known("ContainerId");
        return new SideProcess
        {
            Ids = [id],
            Command = program is null ? null : Path.GetFileName(program),
            Program = program,
            CommandLine = Known("Args"),
            User = Known("User") ?? Known("UserId"),
            Container = container is not null && Known("ContainerRuntime") is { } runtime ? $"{runtime}://{container}" : container,
            Pod = Known("PodUID"),
        };

        string? Known(string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }
}
