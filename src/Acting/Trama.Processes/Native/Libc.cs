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
    [LibraryImport(Name, EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
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
}
