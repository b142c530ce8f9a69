using System.Runtime.InteropServices;

namespace Trama.Cli.Native;

/// <summary>
/// What the command asks of the C library about its own process and terminal. A negative result is a failure, where a call can fail.
/// </summary>
internal static partial class Libc
{
    /// <summary>PR_SET_CHILD_SUBREAPER: processes below this one that lose their parent become this one's.</summary>
    public const int KeepOrphans = 36;

    /// <summary>What the kernel does with this process: <c>prctl(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ControlProcess(int what, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary>Ends the process at once, whatever its threads do: <c>_exit(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>A descriptor that tells of the end of a process: <c>pidfd_open(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "syscall")]
    public static partial nint OpenProcess(nint call, nint process, nuint flags);

    /// <summary>What becomes of a signal: <c>signal(2)</c>. The result is what was before.</summary>
    [LibraryImport("libc", EntryPoint = "signal")]
    public static partial nint SetAction(int signal, nint action);

    /// <summary>A property of a file handle: <c>fcntl(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int Control(int handle, int command);

    /// <summary>Changes a property of a file handle: <c>fcntl(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int handle, int command, int argument);

    /// <summary>Writes to a handle: <c>write(2)</c>. The result is how many bytes it took.</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int handle, ReadOnlySpan<byte> bytes, nuint length);

    /// <summary>What is known of a file: <c>statx(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileStatus(int folder, string path, int flags, uint wanted, Span<byte> status);

    /// <summary>Sends a signal: <c>kill(2)</c>; to 0, to the whole group of this process.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    /// <summary>Reads from a handle: <c>read(2)</c>. The result is how many bytes came.</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int handle, Span<byte> bytes, nuint length);

    /// <summary>Waits for a handle: <c>poll(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    /// <summary>How much of something the process may have: <c>getrlimit(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "getrlimit")]
    public static partial int GetLimit(int resource, out ResourceLimit limit);

    /// <summary>Changes that: <c>setrlimit(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "setrlimit")]
    public static partial int SetLimit(int resource, in ResourceLimit limit);

    /// <summary>Asks about a device: <c>ioctl(2)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl")]
    public static partial int DeviceControl(int handle, nuint request, out WindowSize size);

    /// <summary>How a terminal behaves, as a <c>struct termios</c>: <c>tcgetattr(3)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    public static partial int GetTerminalMode(int handle, [Out] byte[] mode);

    /// <summary>Makes a terminal behave so: <c>tcsetattr(3)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    public static partial int SetTerminalMode(int handle, int when, byte[] mode);

    /// <summary>Changes a <c>struct termios</c> to hand over each key as it is: <c>cfmakeraw(3)</c>.</summary>
    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw([In, Out] byte[] mode);
}
