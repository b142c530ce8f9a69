using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Trama.Processes.Native;

/// <summary>Small files and links below <c>/proc</c>, read without a copy of their names or of what is not wanted.</summary>
internal static class ProcFile
{
    // O_CLOEXEC; reading is 0.
    private const int ReadClosedOnExec = 0x80000;
    private const int LongestPath = 96;

    /// <summary>Reads the beginning of a file of a process; empty when it is not there, may not be read, or is empty.</summary>
    /// <param name="process">The process.</param>
    /// <param name="name">The file's name in its folder.</param>
    /// <param name="room">Where the bytes go.</param>
    public static ReadOnlySpan<byte> Read(int process, ReadOnlySpan<char> name, Span<byte> room)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        if (!TryWrite(process, name, path)) return default;
        int descriptor = Libc.Open(path, ReadClosedOnExec);
        if (descriptor < 0) return default;
        int length;
        try
        {
            // Of these files one read gives all that there is room for.
            length = (int)Math.Max(0, Libc.Read(descriptor, room, (nuint)room.Length));
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }

        return room[..length];
    }

    /// <summary>Where a link of a process leads; empty when it is not there or may not be read.</summary>
    public static ReadOnlySpan<byte> Link(int process, ReadOnlySpan<char> name, Span<byte> room)
    {
        Span<byte> path = stackalloc byte[LongestPath];
        if (!TryWrite(process, name, path)) return default;
        nint length = Libc.ReadLink(path, room, (nuint)room.Length);
        return length > 0 ? room[..(int)length] : default;
    }

    // "/proc/PROCESS/NAME" and the zero that ends it.
    private static bool TryWrite(int process, ReadOnlySpan<char> name, Span<byte> path)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        if (!Utf8.TryWrite(path[..^1], plain, $"{ProcFolder.Path}/{process}/", out int length)) return false;
        if (!Encoding.ASCII.TryGetBytes(name, path[length..^1], out int rest)) return false;
        path[length + rest] = 0;
        return true;
    }
}
