using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Trama.Rows;

namespace Trama.Fleet.Sending;

/// <summary>The names of a spool's files, and what the first frame of each says: whose it is, and which sequences come in it.</summary>
internal static class SpoolFile
{
    private const string Extension = ".spool";

    private static ReadOnlySpan<byte> Magic => "trama spool 1\n"u8;

    /// <summary>The file of a number.</summary>
    public static string Of(string folder, long number) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number:D12}{Extension}"));

    /// <summary>The files of a folder, in the order in which they were written.</summary>
    public static IEnumerable<(long Number, string Path)> In(string folder) => Directory.EnumerateFiles(folder, "*" + Extension)
        .Select(path => (long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture,
            out long number) ? number : -1, path)).Where(file => file.Item1 >= 0).Order();

    /// <summary>Writes the first frame.</summary>
    public static byte[] Header(long incarnation, ReadOnlySpan<long> next)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(Magic);
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), incarnation);
        output.Advance(sizeof(long));
        foreach (long sequence in next) output.WriteVariable((ulong)sequence);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads the first frame; false when it is none.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> frame, out long incarnation, Span<long> next)
    {
        incarnation = 0;
        if (!frame.StartsWith(Magic) || frame.Length < Magic.Length + sizeof(long)) return false;
        incarnation = BinaryPrimitives.ReadInt64LittleEndian(frame[Magic.Length..]);
        frame = frame[(Magic.Length + sizeof(long))..];
        foreach (ref long sequence in next)
        {
            if (!VariableLength.TryReadVariable(ref frame, out ulong read) || read is 0 or > long.MaxValue) return false;
            sequence = (long)read;
        }

        return true;
    }
}
