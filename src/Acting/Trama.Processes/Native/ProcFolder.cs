using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Trama.Processes.Native;

/// <summary>
/// Numbers that name files below <c>/proc</c>: processes, and the descriptors of one. Read by readdir(3) alone: the classes of the runtime
/// ask of each entry what it is, which takes longer than all else.
/// </summary>
internal static unsafe class ProcFolder
{
    /// <summary>Where the kernel tells of processes.</summary>
    public const string Path = "/proc";

    // In struct dirent of 64-bit systems, after the file's number, the offset, the length and the type.
    private const int NameAt = 19;

    /// <summary>The processes that this one sees; none where there is no <c>/proc</c>.</summary>
    public static List<int> Processes()
    {
        var processes = new List<int>();
        nint folder = Open(Path);
        if (folder == 0) return processes;
        for (nint entry = Libc.NextEntry(folder); entry != 0; entry = Libc.NextEntry(folder))
        {
            ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)entry + NameAt);
            if (Utf8Parser.TryParse(name, out int number, out int used) && used == name.Length && number >= 0) processes.Add(number);
        }

        _ = Libc.CloseFolder(folder);
        return processes;
    }

    /// <summary>
    /// The sockets that a process holds, by the numbers of their files, each as often as it holds them; none when it is gone, or when
    /// they may not be seen.
    /// </summary>
    public static void Sockets(int process, List<uint> inodes)
    {
        inodes.Clear();
        nint folder = Open(string.Create(CultureInfo.InvariantCulture, $"{Path}/{process}/fd"));
        if (folder == 0) return;
        int descriptor = Libc.FolderDescriptor(folder);
        Span<byte> room = stackalloc byte[SocketLink.Room];
        for (nint entry = Libc.NextEntry(folder); entry != 0; entry = Libc.NextEntry(folder))
        {
            nint length = Libc.ReadLinkIn(descriptor, (byte*)entry + NameAt, room, (nuint)room.Length);
            if (length > 0 && SocketLink.TryParse(room[..(int)length], out uint inode)) inodes.Add(inode);
        }

        _ = Libc.CloseFolder(folder);
    }

    private static nint Open(string path) => OperatingSystem.IsLinux() ? Libc.OpenFolder(path) : 0;
}
