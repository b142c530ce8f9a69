using System.Buffers.Text;

namespace Trama.Scrubbing.Fields;

/// <summary>What is published over NATS: PUB, HPUB, MSG and HMSG say how many bytes follow (NATS client protocol).</summary>
internal static class NatsFields
{
    private const int LongestLine = 4096, FewestWords = 3;

    /// <summary>Notes the payload of each message.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        int at = 0;
        while (SpacedWords.TryTakeLine(bytes, ref at, LongestLine, out ReadOnlySpan<byte> line))
        {
            if (!HasPayload(line, out int headers, out int total)) continue;
            message.Value(at + headers, Math.Min(total, bytes.Length - at) - headers);
            at += Math.Min(total, bytes.Length - at);
        }
    }

    private static bool HasPayload(ReadOnlySpan<byte> line, out int headers, out int total)
    {
        (headers, total) = (0, 0);
        Span<Range> words = stackalloc Range[8];
        int count = SpacedWords.Find(line, words);
        if (count < FewestWords) return false;
        ReadOnlySpan<byte> verb = line[words[0]];
        bool hasHeaders = Is(verb, "HPUB"u8) || Is(verb, "HMSG"u8);
        if (!hasHeaders && !Is(verb, "PUB"u8) && !Is(verb, "MSG"u8)) return false;
        if (hasHeaders && !Utf8Parser.TryParse(line[words[count - 2]], out headers, out _)) return false;
        return Utf8Parser.TryParse(line[words[count - 1]], out total, out _) && headers >= 0 && total >= headers;
    }

    private static bool Is(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(verb, word);
}
