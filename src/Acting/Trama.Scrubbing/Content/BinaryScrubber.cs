using System.Buffers;
using System.Text;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>
/// Scrubs the bytes of a protocol that is not text: the texts in them, those of UTF-16 too, and long runs of bytes that look like no
/// numbers of it (hashes, keys, pictures). Short runs and zeros stay, since types and lengths are among them.
/// </summary>
internal sealed class BinaryScrubber(ScrubKey key, TextScrubber text, AddressMap addresses, SeenAddresses seen)
{
    // Shorter runs of printable bytes are numbers as often as words.
    private const int ShortestText = 3;

    private const int HardwareLength = 6;

    // Bytes of numbers that may stand before the length of a text and look like one.
    private const int MostBeforeLength = 4;

    // Numbers of protocols have zeros in them; sixteen bytes without one are a hash, a key or a part of a picture.
    private const int ShortestBlob = 16;

    /// <summary>Scrubs the bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="care">How careful to be not to touch structure.</param>
    public void Scrub(Span<byte> bytes, ScrubCare care)
    {
        int at = 0, blob = 0;
        while (at < bytes.Length)
        {
            int length = care == ScrubCare.None ? seen.Measure(bytes[at..]) : 0;
            if (length > 0)
            {
                ScrubBlob(bytes[blob..at]);
                if (length == HardwareLength) addresses.MapHardware(bytes.Slice(at, length));
                else addresses.Map(bytes.Slice(at, length));
                blob = at += length;
                continue;
            }

            length = care == ScrubCare.None && (at == blob || bytes[at - 1] == 0) ? DenseBytes.Measure(bytes[at..]) : 0;
            if (length > 0)
            {
                ScrubBlob(bytes[blob..at]);
                int before = DenseBytes.LengthBefore(bytes.Slice(at, length));
                key.Replace(bytes[(at + before)..(at + length)]);
                blob = at += length;
                continue;
            }

            length = WideText.Measure(bytes[at..]);
            if (length > 0)
            {
                ScrubBlob(bytes[blob..at]);
                WideText.Scrub(bytes.Slice(at, length), text, key);
                blob = at += length;
                continue;
            }

            length = TextLength(bytes[at..]);
            if (length >= ShortestText)
            {
                ScrubBlob(bytes[blob..at]);
                ScrubText(bytes, at, length, care);
                blob = at += length;
                continue;
            }

            at += Math.Max(1, length);
        }

        ScrubBlob(bytes[blob..]);
    }

    private void ScrubText(Span<byte> bytes, int at, int length, ScrubCare care)
    {
        int end = at + length, start = at, most = care == ScrubCare.Edges ? end : Math.Min(at + MostBeforeLength, end);
        // A length in front of a text may be a letter by its value: how many bytes follow, with or without itself or a zero. What is before
        // it may look like text, too.
        if (bytes[at] - (end - at - 1) is >= -1 and <= 5) start++;
        for (int next = start; next < most; next++)
        {
            if (bytes[next] != end - next - 1) continue;
            text.Scrub(bytes[start..next]);
            start = next + 1;
        }

        if (care == ScrubCare.Edges && start == at && at > 0 && WordMap.IsLetter(bytes[at])) start++;
        // A number cut by a digit may be short enough to stay.
        if (care == ScrubCare.Edges && end < bytes.Length && !(WordMap.IsDigit(bytes[end - 1]) && WordMap.IsDigit(bytes[end - 2]))) end--;
        if (end > start) text.Scrub(bytes[start..end]);
    }

    private void ScrubBlob(Span<byte> bytes)
    {
        while (bytes.Length >= ShortestBlob)
        {
            int zero = bytes.IndexOf((byte)0);
            if (zero < 0) zero = bytes.Length;
            if (zero >= ShortestBlob)
            {
                Span<byte> blob = bytes[..zero];
                key.Replace(blob);
                blob.Replace((byte)0, (byte)1);
            }

            bytes = bytes[Math.Min(zero + 1, bytes.Length)..];
        }
    }

    // Two letters of another alphabet: one alone comes about by chance.
    private static bool BeginsForeign(ReadOnlySpan<byte> bytes, Rune first, int size) => Rune.IsLetter(first)
        && Rune.DecodeFromUtf8(bytes[size..], out Rune second, out int next) == OperationStatus.Done && next > 1 && Rune.IsLetter(second);

    private static int TextLength(ReadOnlySpan<byte> bytes)
    {
        int length = 0;
        while (length < bytes.Length)
        {
            byte value = bytes[length];
            if (value is >= 0x20 and < 0x7f or (byte)'\t' or (byte)'\r' or (byte)'\n') length++;
            else if (value >= 0xc2 && Rune.DecodeFromUtf8(bytes[length..], out Rune rune, out int size) == OperationStatus.Done
                && (length > 0 || BeginsForeign(bytes, rune, size))) length += size;
            else break;
        }

        return length;
    }
}
