using System.Buffers;
using System.Globalization;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs a message of HTTP/1 (RFC 9112): its head as text, its body by what the head says of it.</summary>
internal sealed class HttpScrubber(TextScrubber text, BodyScrubber bodies)
{
    private const int MaxChunkDigits = 8;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private readonly Ranges _ranges = new();

    /// <summary>Scrubs a message.</summary>
    /// <returns>How many bytes its head has: all, where the head does not end.</returns>
    public int Scrub(Span<byte> message, ScrubCare care)
    {
        int end = message.IndexOf("\r\n\r\n"u8) is var found and >= 0 ? found + 4 : message.Length;
        Span<byte> head = message[..end];
        bool isChunked = Field(head, "transfer-encoding"u8).IndexOf("chunked"u8) >= 0;
        byte[] coding = Field(head, "content-encoding"u8).ToArray();
        _ranges.Clear();
        if (isChunked) ReadChunks(message, end);
        else _ranges.Add(end, message.Length - end);
        text.Scrub(head);
        if (_ranges.Length > 0) _ranges.Change(message, body => bodies.Scrub(body, coding, isStructured: false, care));
        return end;
    }

    private void ReadChunks(Span<byte> message, int at)
    {
        while (at < message.Length)
        {
            int line = message[at..].IndexOf("\r\n"u8);
            if (line < 0) line = message.Length - at;
            Span<byte> announced = message.Slice(at, line);
            int digits = announced.IndexOfAnyExcept(HexDigits);
            if (digits < 0) digits = line;
            if (digits is 0 or > MaxChunkDigits
                || !int.TryParse(announced[..digits], NumberStyles.AllowHexSpecifier, null, out int length) || length < 0)
            {
                // No chunk: whatever it is, it is said.
                _ranges.Add(at, message.Length - at);
                return;
            }

            text.Scrub(announced[digits..]);
            at += line + 2;
            if (length == 0)
            {
                if (at < message.Length) text.Scrub(message[at..]);
                return;
            }

            int count = Math.Min(length, message.Length - at);
            _ranges.Add(at, count);
            at += Math.Max(count, 0);
            if (at < message.Length && message[at] == '\r') at++;
            if (at < message.Length && message[at] == '\n') at++;
        }
    }

    /// <summary>What a field of a head says, in small letters; empty where it has none.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        foreach (Range range in head.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = head[range];
            int colon = line.IndexOf((byte)':');
            if (colon != name.Length) continue;
            byte[] small = line.ToArray();
            for (int at = 0; at < small.Length; at++) if (WordMap.IsLetter(small[at])) small[at] |= 0x20;
            if (small.AsSpan(0, colon).SequenceEqual(name)) return small.AsSpan(colon + 1).Trim(" \t\r"u8);
        }

        return default;
    }
}
