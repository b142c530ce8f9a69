using Trama.Cli.Native;

namespace Trama.Cli.ThisProcess;

/// <summary>The number of file handles that the process may have, one for each connection.</summary>
internal static class FileHandleLimit
{
    private const int NumberOfFiles = 7; // RLIMIT_NOFILE of Linux
    private const int StillToCome = 50, MostAside = 150;
    private const string OwnHandles = "/proc/self/fd";

    /// <summary>Raises the soft limit to the hard one, as far as the system lets, and tells what holds now. The runtime does
    /// so itself, but not in a natively compiled program.</summary>
    public static long Raise()
    {
        if (!OperatingSystem.IsLinux() || Libc.GetLimit(NumberOfFiles, out ResourceLimit limit) != 0) return long.MaxValue;
        nuint before = limit.Soft;
        limit.Soft = limit.Hard;
        // When it is refused the old limit holds, and what follows from that is told when it is reached.
        return Libc.SetLimit(NumberOfFiles, in limit) == 0 ? Number(limit.Hard) : Number(before);
    }

    /// <summary>
    /// How many handles to leave to the process itself: those that it has, and as many again as it may still open, or has not closed yet.
    /// </summary>
    public static int Aside => Directory.Exists(OwnHandles) ? Directory.GetFileSystemEntries(OwnHandles).Length + StillToCome : MostAside;

    // No limit at all is written as the largest number there is.
    private static long Number(nuint limit) => (long)Math.Min(limit, long.MaxValue);
}
