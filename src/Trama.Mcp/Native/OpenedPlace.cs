using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trama.Mcp.Native;

/// <summary>
/// A file or folder that a descriptor stands for (<c>O_PATH</c>): whatever becomes of its name, this is the one that is looked at and read.
/// Nothing of a pipe or a device is opened by it.
/// </summary>
internal sealed class OpenedPlace : IDisposable
{
    private const nint OpenCall = 437; // openat2, the same number on every machine
    private const ulong PathOnly = 0x200000, CloseOnExec = 0x80000;
    private const ulong NoMagicLinks = 0x2, NoSymbolicLinks = 0x4, Beneath = 0x8;
    private const int Here = -100; // AT_FDCWD

    // struct statx (statx(2)): 256 bytes, the same on every machine.
    private const int Size = 256, LinksAt = 16, ModeAt = 28, BytesAt = 40, SecondsAt = 112;
    private const int OfDescriptor = 0x1000, Basic = 0x7FF;
    private const int KindMask = 0xF000, Folder = 0x4000, Regular = 0x8000;

    private readonly SafeFileHandle _handle;
    private readonly int _mode;

    private OpenedPlace(SafeFileHandle handle)
    {
        _handle = handle;
        Span<byte> found = stackalloc byte[Size];
        if (Libc.FileStatus(Descriptor, "", OfDescriptor, Basic, found) != 0) return;
        _mode = BinaryPrimitives.ReadUInt16LittleEndian(found[ModeAt..]);
        Links = BinaryPrimitives.ReadUInt32LittleEndian(found[LinksAt..]);
        Bytes = BinaryPrimitives.ReadInt64LittleEndian(found[BytesAt..]);
        ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(found[SecondsAt..]));
    }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => (_mode & KindMask) == Folder;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsRegular => (_mode & KindMask) == Regular;

    /// <summary>How many names it has: none when it was removed since; null when that is not known.</summary>
    public uint? Links { get; }

    /// <summary>How many bytes a file has.</summary>
    public long Bytes { get; }

    /// <summary>When it was last written, in whole seconds.</summary>
    public DateTimeOffset ModifiedAt { get; }

    /// <summary>A path that leads to it and to nothing else, as long as this is not closed.</summary>
    public string Path => $"/proc/self/fd/{Descriptor}";

    /// <summary>Such a path for other processes of the same user.</summary>
    public string PathForOthers => $"/proc/{Environment.ProcessId}/fd/{Descriptor}";

    /// <summary>Opens what a person named: links on the way are followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="error">The number of the error; 0 for none.</param>
    public static OpenedPlace? Named(string path, out int error) => Open(Here, path, 0, out error);

    /// <summary>Opens what lies below this folder, without a link on the way, nor at its end.</summary>
    /// <inheritdoc cref="Named" path="/param"/>
    public OpenedPlace? Below(string path, out int error) =>
        Open(Descriptor, path, Beneath | NoSymbolicLinks | NoMagicLinks, out error);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private int Descriptor => (int)_handle.DangerousGetHandle();

    private static OpenedPlace? Open(int folder, string path, ulong resolve, out int error)
    {
        ReadOnlySpan<ulong> how = [PathOnly | CloseOnExec, 0, resolve];
        nint opened = Libc.Open(OpenCall, folder, path, how, how.Length * sizeof(ulong));
        error = opened < 0 ? Marshal.GetLastPInvokeError() : 0;
        return opened < 0 ? null : new OpenedPlace(new SafeFileHandle(opened, ownsHandle: true));
    }
}
