using System.Runtime.InteropServices;

namespace Trama.Namespaces.Native;

/// <summary>The C library's functions about network namespaces and TUN devices.</summary>
internal static unsafe partial class Libc
{
    /// <summary>CLONE_NEWNET: a network namespace.</summary>
    public const int NetworkNamespace = 0x40000000;

    private const string Name = "libc";

    /// <summary>Moves the calling thread into a namespace of its own, unshare(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int what);

    /// <summary>Moves the calling thread into an existing namespace, setns(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "setns", SetLastError = true)]
    public static partial int EnterNamespace(SafeHandle space, int what);

    /// <summary>Configures a device, ioctl(2). 0 or more when done.</summary>
    [LibraryImport(Name, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeHandle descriptor, nuint request, byte* argument);

    /// <summary>Makes a socket, socket(2). Its descriptor; negative when it was refused.</summary>
    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    public static partial int NewSocket(int family, int type, int protocol);

    /// <summary>Gives a socket an address, bind(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeHandle socket, byte* address, uint length);

    /// <summary>The address of a socket, getsockname(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int AddressOf(SafeHandle socket, byte* address, uint* length);

    /// <summary>Sets an option of a socket, setsockopt(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(SafeHandle socket, int level, int option, void* value, uint length);

    /// <summary>Reads an option of a socket, getsockopt(2). 0 when done.</summary>
    [LibraryImport(Name, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(SafeHandle socket, int level, int option, void* value, uint* length);

    /// <summary>Sends a packet to an address, sendto(2). Its length; negative when it was refused.</summary>
    [LibraryImport(Name, EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(SafeHandle socket, byte* bytes, nuint length, int flags, byte* address, uint addressLength);

    /// <summary>Maps memory, mmap(2).</summary>
    [LibraryImport(Name, EntryPoint = "mmap", SetLastError = true)]
    public static partial byte* MapMemory(nint place, nuint length, int protection, int flags, SafeHandle descriptor, nint offset);

    /// <summary>Gives mapped memory back, munmap(2).</summary>
    [LibraryImport(Name, EntryPoint = "munmap")]
    public static partial int UnmapMemory(byte* place, nuint length);

    /// <summary>Reads a packet, read(2). Its length; negative when there is none.</summary>
    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle descriptor, byte* buffer, nuint length);

    /// <summary>Writes a packet, write(2). Its length; negative when it was refused.</summary>
    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle descriptor, byte* buffer, nuint length);

    /// <summary>Waits until a descriptor can be read, ppoll(2). How many can; 0 when the time is over.</summary>
    [LibraryImport(Name, EntryPoint = "ppoll", SetLastError = true)]
    public static partial int Poll(Waiting* descriptors, nuint count, Time* timeout, void* signals);

    /// <summary>struct pollfd.</summary>
    public struct Waiting
    {
        /// <summary>POLLIN: there is something to read.</summary>
        public const short Readable = 1;

        /// <summary>The descriptor.</summary>
        public int Descriptor;

        /// <summary>What is waited for.</summary>
        public short Events;

        /// <summary>What came.</summary>
        public short Came;
    }

    /// <summary>struct timespec on 64-bit systems.</summary>
    public struct Time
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>Nanoseconds after them.</summary>
        public long Nanoseconds;
    }
}
