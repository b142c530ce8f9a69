using System.Runtime.InteropServices;

namespace Trama.Mcp.Native;

/// <summary>What the server asks of the kernel about files. A negative result is a failure.</summary>
internal static partial class Libc
{
    /// <summary>Opens a file, and says what may lie on the way there: <c>openat2(2)</c>.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="folder">Where the path begins.</param>
    /// <param name="path">The path.</param>
    /// <param name="how">A <c>struct open_how</c>: flags, mode, how the path is resolved.</param>
    /// <param name="size">Its size in bytes.</param>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(nint call, nint folder, string path, ReadOnlySpan<ulong> how, nint size);

    /// <summary>What is known of a file: <c>statx(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileStatus(int folder, string path, int flags, uint wanted, Span<byte> status);

    /// <summary>Ends the process at once, whatever its threads do: <c>_exit(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);
}
