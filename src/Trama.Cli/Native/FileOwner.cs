using System.Buffers.Binary;

namespace Trama.Cli.Native;

/// <summary>Whose a file is, and of what kind; of a link the link itself is meant.</summary>
/// <param name="User">The number of the user that it belongs to.</param>
/// <param name="Mode">Its kind and who may do what with it, as stat(2) has it.</param>
internal readonly record struct FileOwner(uint User, int Mode)
{
    private const int KindMask = 0xF000; // S_IFMT
    private const int Link = 0xA000; // S_IFLNK
    private const int Regular = 0x8000; // S_IFREG
    private const int OthersWrite = 0x2; // S_IWOTH
    private const int Sticky = 0x200; // S_ISVTX

    // struct statx (statx(2)): 256 bytes, the same on every machine.
    private const int Size = 256, UserAt = 20, ModeAt = 28;
    private const int Here = -100, NoFollow = 0x100, TypeModeAndUser = 0xB;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => (Mode & KindMask) == Link;

    /// <summary>Whether it is a file, and no folder, device, pipe or link.</summary>
    public bool IsFile => (Mode & KindMask) == Regular;

    /// <summary>Whether it is a folder like /tmp: all may make files in it, but remove only their own.</summary>
    public bool IsOpenToAll => (Mode & (OthersWrite | Sticky)) == (OthersWrite | Sticky);

    /// <summary>Asks; null where that cannot be told.</summary>
    public static FileOwner? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> found = stackalloc byte[Size];
        if (Libc.FileStatus(Here, path, NoFollow, TypeModeAndUser, found) != 0) return null;
        return new FileOwner(BinaryPrimitives.ReadUInt32LittleEndian(found[UserAt..]),
            BinaryPrimitives.ReadUInt16LittleEndian(found[ModeAt..]));
    }
}
