using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Peers.Native;

/// <summary>epoll(7) of Linux, and calls on sockets that never block.</summary>
internal static partial class LinuxPoll
{
    /// <summary>EPOLLIN.</summary>
    public const uint Readable = 0x001;

    /// <summary>EPOLLOUT.</summary>
    public const uint Writable = 0x004;

    /// <summary>EPOLLERR, EPOLLHUP and EPOLLRDHUP: nothing will come after what is there.</summary>
    public const uint Ended = 0x008 | 0x010 | 0x2000;

    /// <summary>There is no room to send now.</summary>
    public const int NoRoom = -1;

    /// <summary>It is no file that the system sends by itself.</summary>
    public const int NoFile = -2;

    private const uint ReadHangUp = 0x2000;
    private const uint EdgeTriggered = 1u << 31;
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Forget = 0x20; // MSG_TRUNC
    private const int MostOfFile = 1 << 20;

    // struct epoll_event is packed on x86-64 alone.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>A new epoll instance.</summary>
    /// <exception cref="SocketException">The system has no more handles.</exception>
    public static SafeFileHandle Create()
    {
        int handle = CreateNative(CloseOnExec);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw Failure();
    }

    /// <summary>Asks for every change of a socket, both directions, until the socket is closed.</summary>
    /// <param name="epoll">The instance.</param>
    /// <param name="socket">The socket.</param>
    /// <param name="tag">Comes with each change, and tells the socket from a later one of the same handle.</param>
    public static void Watch(SafeHandle epoll, SafeHandle socket, int tag = 0)
    {
        Span<byte> change = stackalloc byte[EventSize];
        BinaryPrimitives.WriteUInt32LittleEndian(change, Readable | Writable | ReadHangUp | EdgeTriggered);
        BinaryPrimitives.WriteInt32LittleEndian(change[^8..], (int)socket.DangerousGetHandle());
        BinaryPrimitives.WriteInt32LittleEndian(change[^4..], tag);
        if (Control(epoll, Add, socket, ref MemoryMarshal.GetReference(change)) != 0) throw Failure();
    }

    /// <summary>Waits for changes.</summary>
    /// <param name="epoll">The instance.</param>
    /// <param name="changes">Room for them.</param>
    /// <param name="milliseconds">For how long; -1 for ever, 0 not at all.</param>
    /// <returns>How many there are; see <see cref="Change"/>.</returns>
    public static int Wait(SafeHandle epoll, Span<byte> changes, int milliseconds = -1) =>
        Wait(epoll, ref MemoryMarshal.GetReference(changes), changes.Length / EventSize, milliseconds);

    /// <summary>
    /// One of the changes that <see cref="Wait(SafeHandle, Span{byte}, int)"/> gave: the handle and the tag of the socket, and what it is.
    /// </summary>
    public static (int Handle, int Tag, uint Events) Change(ReadOnlySpan<byte> changes, int index)
    {
        ReadOnlySpan<byte> change = changes.Slice(index * EventSize, EventSize);
        return (BinaryPrimitives.ReadInt32LittleEndian(change[^8..]), BinaryPrimitives.ReadInt32LittleEndian(change[^4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(change));
    }

    /// <summary>Receives what is there.</summary>
    /// <returns>How many bytes; 0 at the end of the stream; -1 when there is nothing.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public static int Receive(SafeHandle socket, Span<byte> buffer) =>
        CountOrFailure((int)Receive(socket, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, DoNotWait));

    /// <summary>
    /// Receives what is there and, where it is TCP, has the system drop the bytes without copying them (tcp(7), MSG_TRUNC).
    /// </summary>
    /// <returns>How many bytes, at most as many as there is room for in <paramref name="buffer"/>; else as
    /// <see cref="Receive(SafeHandle, Span{byte})"/>.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public static int Discard(SafeHandle socket, Span<byte> buffer) =>
        CountOrFailure((int)Receive(socket, ref MemoryMarshal.GetReference(buffer), (nuint)buffer.Length, DoNotWait | Forget));

    /// <summary>Sends what there is room for, of a file from this position on, by sendfile(2).</summary>
    /// <returns>How many bytes, 0 at the end of the file, <see cref="NoRoom"/> or <see cref="NoFile"/>.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public static int SendFile(SafeHandle socket, SafeHandle file, long position)
    {
        const int Invalid = 22, NoSeek = 29, NotThere = 38; // EINVAL, ESPIPE, ENOSYS
        int count = (int)SendFile(socket, file, ref position, MostOfFile);
        return count < 0 && Marshal.GetLastPInvokeError() is Invalid or NoSeek or NotThere ? NoFile : CountOrFailure(count);
    }

    /// <summary>Sends what there is room for.</summary>
    /// <returns>How many bytes; -1 when there is no room.</returns>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public static int Send(SafeHandle socket, ReadOnlySpan<byte> bytes) =>
        CountOrFailure((int)Send(socket, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, DoNotWait | NoSignal));

    private static int CountOrFailure(int count)
    {
        const int Again = 11, Interrupted = 4;
        if (count >= 0) return count;
        return Marshal.GetLastPInvokeError() is Again or Interrupted ? -1 : throw Failure();
    }

    private static SocketException Failure() => new((int)(Marshal.GetLastPInvokeError() switch
    {
        32 => SocketError.Shutdown, // EPIPE
        104 => SocketError.ConnectionReset,
        103 => SocketError.ConnectionAborted,
        110 => SocketError.TimedOut,
        113 => SocketError.HostUnreachable,
        101 => SocketError.NetworkUnreachable,
        107 => SocketError.NotConnected,
        24 or 23 => SocketError.TooManyOpenSockets, // EMFILE, ENFILE
        12 or 105 or 28 => SocketError.NoBufferSpaceAvailable, // ENOMEM, ENOBUFS; ENOSPC: too many watches
        _ => SocketError.SocketError,
    }));

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int CreateNative(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeHandle epoll, int operation, SafeHandle socket, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int Wait(SafeHandle epoll, ref byte changes, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeHandle socket, ref byte buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendfile", SetLastError = true)]
    private static partial nint SendFile(SafeHandle socket, SafeHandle file, ref long position, nuint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeHandle socket, ref byte bytes, nuint length, int flags);
}
