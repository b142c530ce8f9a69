using System.Buffers;
using System.Text;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs the body of a message: compressed ones become other compressed ones, pictures and the like become filler.</summary>
internal sealed class BodyScrubber(ScrubKey key, TextScrubber text, BinaryScrubber binary)
{
    // Of a body that is text, at most one byte in so many is none.
    private const int TextShare = 20;

    /// <summary>Scrubs a body.</summary>
    /// <param name="body">All of it, without chunks.</param>
    /// <param name="coding">How it is compressed, as its head says; empty for not.</param>
    /// <param name="isStructured">Whether bytes that are no text may be a protocol's.</param>
    /// <param name="care">How careful to be, where they may.</param>
    public void Scrub(Span<byte> body, ReadOnlySpan<byte> coding, bool isStructured, ScrubCare care)
    {
        if (body.StartsWith<byte>([0x1f, 0x8b])) DeflateFiller.Gzip(body, key);
        else if (ValueFiller.IsZlib(body) || coding.SequenceEqual("deflate"u8) && body.Length > 2) DeflateFiller.Zlib(body, key);
        else if (body.StartsWith(RawFiller.ZstdMagic)) RawFiller.Zstd(body, key);
        else if (coding.SequenceEqual("br"u8)) RawFiller.Brotli(body, key);
        else if (!coding.IsEmpty && !coding.SequenceEqual("identity"u8)) key.Replace(body);
        else if (IsText(body)) text.Scrub(body, keepsNumbers: isStructured || care > ScrubCare.None);
        else if (isStructured) binary.Scrub(body, care);
        else Fill(body);
    }

    private void Fill(Span<byte> body) => key.Replace(body[FileMagic.Measure(body)..]);

    /// <summary>Whether a body is text, all but a few bytes of it.</summary>
    public static bool IsText(ReadOnlySpan<byte> body)
    {
        int other = 0;
        for (int at = 0; at < body.Length; at++)
        {
            if (body[at] is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1b)) other++;
            if (body[at] < 0x80) continue;
            if (Rune.DecodeFromUtf8(body[at..], out _, out int size) == OperationStatus.Done) at += size - 1;
            else other++;
        }

        return other * TextShare <= body.Length;
    }
}
