using System.Runtime.InteropServices;
using System.Text;

namespace Trama.Processes.Native;

/// <summary>The folders in a folder, with the numbers of their files, by readdir(3) alone.</summary>
internal static unsafe class Subfolders
{
    // In struct dirent of 64-bit systems: the file's number, the offset, the length, the type, the name.
    private const int TypeAt = 18, NameAt = 19;
    private const byte Folder = 4; // DT_DIR

    /// <summary>Adds those that there are; none where there is no such folder, or it may not be read.</summary>
    public static void Add(string path, List<(string Name, ulong Number)> folders)
    {
        nint folder = OperatingSystem.IsLinux() ? Libc.OpenFolder(path) : 0;
        if (folder == 0) return;
        for (nint entry = Libc.NextEntry(folder); entry != 0; entry = Libc.NextEntry(folder))
        {
            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameAt);
            if (*((byte*)entry + TypeAt) == Folder && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                folders.Add((Encoding.UTF8.GetString(name), *(ulong*)entry));
        }

        _ = Libc.CloseFolder(folder);
    }
}
