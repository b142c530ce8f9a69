using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Trama.Framing;

/// <summary>Text compressed with zstd (RFC 8878), of a peer who may mean harm.</summary>
internal static class Zstd
{
    // A decompressor remembers so many bytes, two to this power: no message of the protocols that use it is longer.
    private const int MaxWindow = 24;

    /// <summary>Reads what a stream holds compressed.</summary>
    public static Stream Open(Stream compressed)
    {
        var stream = new DecompressionStream(compressed, leaveOpen: false);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindow);
        return stream;
    }

    /// <summary>Whether an exception says that compressed text, of zlib or zstd, is malformed.</summary>
    public static bool IsBadInput(Exception error) => error is InvalidDataException or ZstdException or EndOfStreamException;
}
