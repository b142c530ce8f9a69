using System.Buffers.Binary;
using System.Buffers.Text;

namespace Trama.Scrubbing.Fields;

/// <summary>
/// Values that memcached holds, and what proves who connects (memcached, text, meta and binary protocol and its SASL authentication).
/// </summary>
internal static class MemcachedFields
{
    private const int Header = 24, TotalAt = 8, LongestLine = 2048;
    private const byte Request = 0x80, Reply = 0x81, SaslStart = 0x21, SaslStep = 0x22;

    private static readonly byte[][] Storing =
        ["set"u8.ToArray(), "add"u8.ToArray(), "replace"u8.ToArray(), "append"u8.ToArray(), "prepend"u8.ToArray(), "cas"u8.ToArray()];

    /// <summary>Notes the fields of each message.</summary>
    public static void Read(MessageFields message)
    {
        if (message.Bytes is [Request or Reply, ..]) ReadBinary(message);
        else ReadLines(message);
    }

    private static void ReadBinary(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at >= Header;)
        {
            ReadOnlySpan<byte> header = bytes.Slice(at, Header);
            int total = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(header[TotalAt..]), (uint)(bytes.Length - at - Header));
            int before = BinaryPrimitives.ReadUInt16BigEndian(header[2..]) + header[4];
            at += Header;
            if (header[1] is SaslStart or SaslStep) message.Sasl(at + before, total - before);
            else message.Value(at + before, total - before);
            at += total;
        }
    }

    private static void ReadLines(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        int at = 0;
        while (SpacedWords.TryTakeLine(bytes, ref at, LongestLine, out ReadOnlySpan<byte> line))
        {
            int length = ValueLength(line, message.IsReply);
            if (length <= 0) continue;
            length = Math.Min(length, bytes.Length - at);
            message.Value(at, length);
            at += length;
        }
    }

    // How many bytes follow a line; zero for none.
    private static int ValueLength(ReadOnlySpan<byte> line, bool isReply)
    {
        Span<Range> words = stackalloc Range[8];
        int count = SpacedWords.Find(line, words);
        if (count < 2) return 0;
        ReadOnlySpan<byte> verb = line[words[0]];
        int at = -1;
        if (isReply) at = verb.SequenceEqual("VALUE"u8) ? 3 : verb.SequenceEqual("VA"u8) ? 1 : -1;
        else if (verb.SequenceEqual("ms"u8)) at = 2;
        else foreach (ReadOnlySpan<byte> storing in (ReadOnlySpan<byte[]>)Storing) if (verb.SequenceEqual(storing)) at = 4;
        return at >= 0 && at < count && Utf8Parser.TryParse(line[words[at]], out int length, out _) ? length : 0;
    }
}
