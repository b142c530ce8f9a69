using System.Globalization;

namespace Trama.Processes.Sockets;

/// <summary>The Unix sockets of the network of a process, as <c>/proc/PID/net/unix</c> tells them, proc_pid_net(5).</summary>
public static class UnixFile
{
    private const int FlagsField = 3, StateField = 5, InodeField = 6, NameField = 7;
    private const string Connected = "03", Listens = "00010000";
    private const char Abstract = '@';

    /// <summary>The connections that were found by a path: a socket that was accepted has the name of the one that listens.</summary>
    /// <param name="process">A process of that network.</param>
    public static IEnumerable<UnixConnection> Connections(int process) =>
        Lines($"{process}").Select(Connection).OfType<UnixConnection>();

    /// <summary>The abstract names at which somebody listens in the network of this process, without the mark that begins them.</summary>
    public static IEnumerable<string> AbstractNames() => Lines("self").Select(AbstractName).OfType<string>();

    /// <summary>Reads a line; null when it is of no such connection.</summary>
    internal static UnixConnection? Connection(string line) =>
        Fields(line) is { } fields && fields[StateField] == Connected && !fields[NameField].StartsWith(Abstract)
            && uint.TryParse(fields[InodeField], NumberStyles.None, CultureInfo.InvariantCulture, out uint inode)
            ? new UnixConnection(inode, 0, fields[NameField]) : null;

    /// <summary>Reads a line; null when it is of no socket that listens at an abstract name.</summary>
    internal static string? AbstractName(string line) =>
        Fields(line) is { } fields && fields[FlagsField] == Listens && fields[NameField].StartsWith(Abstract)
            ? fields[NameField][1..] : null;

    // A name may have blanks. Most sockets have none.
    private static string[]? Fields(string line) =>
        line.Split(' ', NameField + 1, StringSplitOptions.RemoveEmptyEntries) is { Length: NameField + 1 } fields ? fields : null;

    private static string[] Lines(string process)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process}/net/unix");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
