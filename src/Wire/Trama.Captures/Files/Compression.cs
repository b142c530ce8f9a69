using System.IO.Compression;

namespace Trama.Captures.Files;

/// <summary>Recognises compressed input by its first bytes, also in a pipe, and undoes the compression.</summary>
internal static class Compression
{
    private const int MagicLength = 4;

    // Reading a file ahead must save more than the start of a thread costs.
    private const int LargeFile = 1024 * 1024;

    // Without it the runtime takes compressed data that stop anywhere for complete ones.
    static Compression() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The program whose compressed data start like this, of those that are not decompressed here; null for other data.</summary>
    public static string? FindForeign(ReadOnlySpan<byte> start) => start switch
    {
        [0xFD, (byte)'7', (byte)'z', (byte)'X', ..] => "xz",
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..] => "bzip2",
        [0x04, 0x22, 0x4D, 0x18, ..] => "lz4",
        _ => null,
    };

    /// <summary>The window over the bytes of <paramref name="stream"/>, decompressed if need be.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="source">Tells how many of them were read.</param>
    public static InputWindow Open(Stream stream, out PrefixedStream source)
    {
        byte[] start = new byte[MagicLength];
        int length;
        try
        {
            length = stream.ReadAtLeast(start, MagicLength, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            // The window meets the same error, and reports it.
            length = 0;
        }

        bool ahead = !stream.CanSeek || stream is FileStream { Length: >= LargeFile };
        PrefixedStream whole = source = new PrefixedStream(start.AsMemory(0, length), stream);
        return new InputWindow(start.AsSpan(0, length) switch
        {
            [0x1F, 0x8B, ..] => new GZipStream(whole, CompressionMode.Decompress),
            [0x28, 0xB5, 0x2F, 0xFD] => new ZstdSharp.DecompressionStream(whole, leaveOpen: false),
            _ => whole,
        }, ahead);
    }
}
