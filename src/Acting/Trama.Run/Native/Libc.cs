using System.Runtime.InteropServices;

namespace Trama.Run.Native;

/// <summary>The C library's functions about waiting, handing on descriptors, and becoming another program.</summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    /// <summary>epoll_create1(2).</summary>
    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int NewPoll(int flags);

    /// <summary>epoll_ctl(2).</summary>
    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ControlPoll(SafeHandle poll, int operation, SafeHandle descriptor, byte* change);

    /// <summary>epoll_wait(2).</summary>
    [LibraryImport(Name, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int WaitForPoll(SafeHandle poll, byte* changes, int count, int milliseconds);

    /// <summary>eventfd(2).</summary>
    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int NewEvent(uint start, int flags);

    /// <summary>sendmsg(2).</summary>
    [LibraryImport(Name, EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(SafeHandle socket, MessageHeader* message, int flags);

    /// <summary>recvmsg(2).</summary>
    [LibraryImport(Name, EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeHandle socket, MessageHeader* message, int flags);

    /// <summary>prctl(2).</summary>
    [LibraryImport(Name, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ControlProcess(int what, nuint second, nuint third, nuint fourth, nuint fifth);

    /// <summary>signal(2).</summary>
    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetAction(int signal, nint action);

    /// <summary>execvp(3): returns only when it failed.</summary>
    [LibraryImport(Name, EntryPoint = "execvp", SetLastError = true)]
    public static partial int Become(byte* file, byte** arguments);

    /// <summary>getppid(2).</summary>
    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int Parent();

    /// <summary>getegid(2).</summary>
    [LibraryImport(Name, EntryPoint = "getegid")]
    public static partial uint Group();

    /// <summary>kill(2).</summary>
    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>getrlimit(2): the limit that holds, and the one up to which it may be raised.</summary>
    [LibraryImport(Name, EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, nuint* limits);

    /// <summary>fcntl(2) with a number.</summary>
    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int ControlDescriptor(SafeHandle descriptor, int what, int value);

    /// <summary>struct msghdr on 64-bit systems.</summary>
    public struct MessageHeader
    {
        /// <summary>The peer's address, and its length.</summary>
        public byte* Peer;

        /// <summary>See <see cref="Peer"/>.</summary>
        public nuint PeerLength;

        /// <summary>Where the bytes are, and how many such places there are.</summary>
        public Piece* Pieces;

        /// <summary>See <see cref="Pieces"/>.</summary>
        public nuint PieceCount;

        /// <summary>What goes with the bytes, and its length.</summary>
        public byte* Control;

        /// <summary>See <see cref="Control"/>.</summary>
        public nuint ControlLength;

        /// <summary>Flags of what came.</summary>
        public long Flags;
    }

    /// <summary>struct iovec.</summary>
    public struct Piece
    {
        /// <summary>Where it is.</summary>
        public byte* Start;

        /// <summary>How long it is.</summary>
        public nuint Length;
    }
}
