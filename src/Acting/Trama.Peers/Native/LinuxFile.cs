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

    /// <summary>Whether it is a socket; false where that cannot be known.</summary>
    public static bool IsSocket(string path)
    {
        if (!OperatingSystem.IsLinux()) return false;
        Span<byte> status = stackalloc byte[256];
        if (Status(CurrentDirectory, path, NoFollow, KindAsked, ref MemoryMarshal.GetReference(status)) != 0) return false;
        ReadOnlySpan<byte> mode = status[ModeOffset..];
        int value = BitConverter.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(mode) : BinaryPrimitives.ReadUInt16BigEndian(mode);
        return (value & KindMask) == SocketKind;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, ref byte status);
}
