using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Trama.Peers.Native;

/// <summary>What kind of file there is at a path; the runtime does not tell sockets from others.</summary>
internal static partial class LinuxFile
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint KindAsked = 1; // STATX_TYPE
    private const int ModeOffset = 28; // stx_mode in struct statx
    private const int KindMask = 0xf000; // S_IFMT
    private const int SocketKind = 0xc000; // S_IFSOCK
    private const int RegularKind = 0x8000; // S_IFREG

    /// <summary>Whether it is a socket; false where that cannot be known.</summary>
    public static bool IsSocket(string path) => Kind(path, NoFollow) == SocketKind;

    /// <summary>Whether it, or what a link there leads to, is a regular file; false where that cannot be known.</summary>
    public static bool IsRegular(string path) => Kind(path, flags: 0) == RegularKind;

    private static int Kind(string path, int flags)
    {
        if (!OperatingSystem.IsLinux()) return 0;
        Span<byte> status = stackalloc byte[256];
        if (Status(CurrentDirectory, path, flags, KindAsked, ref MemoryMarshal.GetReference(status)) != 0) return 0;
        ReadOnlySpan<byte> mode = status[ModeOffset..];
        return KindMask & (BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(mode)
            : BinaryPrimitives.ReadUInt16BigEndian(mode));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, ref byte status);
}
