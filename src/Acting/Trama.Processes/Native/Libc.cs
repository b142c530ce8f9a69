using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Processes.Native;

/// <summary>The C library's functions about sockets and links. A negative result is a failure.</summary>
internal static unsafe partial class Libc
{
    /// <summary>AF_NETLINK.</summary>
    public const int Netlink = 16;

    /// <summary>SOCK_RAW, closed when another program is started.</summary>
    public const int RawClosedOnExec = 3 | 0x80000;

    /// <summary>NETLINK_SOCK_DIAG.</summary>
    public const int SocketDiagnosis = 4;

    private const string Name = "libc";

    /// <summary>Makes a socket, socket(2).</summary>
    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    /// <summary>Gives a socket an address, bind(2).</summary>
    [LibraryImport(Name, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeFileHandle socket, ReadOnlySpan<uint> address, uint length);

    /// <summary>Sends, send(2).</summary>
    [LibraryImport(Name, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeFileHandle socket, ReadOnlySpan<byte> bytes, nuint length, int flags);

    /// <summary>Receives, recv(2).</summary>
    [LibraryImport(Name, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeFileHandle socket, Span<byte> bytes, nuint length, int flags);

    /// <summary>Where a symbolic link leads, readlink(2). How many bytes.</summary>
    [LibraryImport(Name, EntryPoint = "readlink", SetLastError = true)]
    public static partial nint ReadLink(ReadOnlySpan<byte> path, Span<byte> target, nuint length);

    /// <summary>Opens a folder, opendir(3); 0 when it cannot be.</summary>
    [LibraryImport(Name, EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenFolder(string path);

    /// <summary>The next entry of a folder, readdir(3), valid until the one after it; 0 after the last.</summary>
    [LibraryImport(Name, EntryPoint = "readdir")]
    public static partial nint NextEntry(nint folder);

    /// <summary>The descriptor of an open folder, dirfd(3).</summary>
    [LibraryImport(Name, EntryPoint = "dirfd")]
    public static partial int FolderDescriptor(nint folder);

    /// <summary>Where a symbolic link in a folder leads, readlinkat(2). How many bytes.</summary>
    [LibraryImport(Name, EntryPoint = "readlinkat")]
    public static partial nint ReadLinkIn(int folder, byte* name, Span<byte> target, nuint length);

    /// <summary>Closes a folder, closedir(3).</summary>
    [LibraryImport(Name, EntryPoint = "closedir")]
    public static partial int CloseFolder(nint folder);

    /// <summary>Opens a file, open(2).</summary>
    [LibraryImport(Name, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(ReadOnlySpan<byte> path, int flags);

    /// <summary>Reads, read(2).</summary>
    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> bytes, nuint length);

    /// <summary>Closes, close(2).</summary>
    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Opens a file in a folder, openat(2).</summary>
    [LibraryImport(Name, EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenIn(SafeFileHandle folder, string path, int flags);

    /// <summary>Begins to set up a file system, fsopen(2).</summary>
    [LibraryImport(Name, EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenFilesystem(nint call, string type, nuint flags);

    /// <summary>Sets up a file system, fsconfig(2).</summary>
    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint ConfigureFilesystem(nint call, nint context, nuint command, nint key, nint value, nint more);

    /// <summary>Makes a mount that stands in no folder, fsmount(2).</summary>
    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint MountFilesystem(nint call, nint context, nuint flags, nuint attributes);

    /// <summary>Opens a source of events, perf_event_open(2).</summary>
    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint OpenPerfEvent(nint call, byte* attributes, nint process, nint processor, nint group, nuint flags);

    /// <summary>Maps memory, mmap(2).</summary>
    [LibraryImport(Name, EntryPoint = "mmap")]
    public static partial nint MapMemory(nint place, nuint length, int protection, int flags, int descriptor, nint offset);

    /// <summary>Gives mapped memory back, munmap(2).</summary>
    [LibraryImport(Name, EntryPoint = "munmap")]
    public static partial int UnmapMemory(nint place, nuint length);

    /// <summary>Configures a descriptor by a text, ioctl(2).</summary>
    [LibraryImport(Name, EntryPoint = "ioctl", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ControlText(int descriptor, nuint request, string text);

    /// <summary>Waits for descriptors, poll(2).</summary>
    [LibraryImport(Name, EntryPoint = "poll")]
    public static partial int Poll(Span<PollRequest> requests, nuint count, int milliseconds);

    /// <summary>The time of a clock, clock_gettime(2).</summary>
    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    public static partial int ReadClock(int clock, out ClockTime time);

    /// <summary>struct pollfd.</summary>
    public struct PollRequest
    {
        /// <summary>POLLIN.</summary>
        public const short Readable = 1;

        /// <summary>The descriptor.</summary>
        public int Descriptor;

        /// <summary>What is waited for.</summary>
        public short Events;

        /// <summary>What came.</summary>
        public short Came;
    }

    /// <summary>struct timespec on 64-bit systems.</summary>
    public struct ClockTime
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>Nanoseconds after them.</summary>
        public long Nanoseconds;
    }
}
