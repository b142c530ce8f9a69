using System.Text;
using Trama.Framing.Http2.Hpack;

namespace Trama.Scrubbing.Tests;

/// <summary>The strings that one direction of HTTP/2 says in its header blocks, decoded (RFC 9113 section 4, RFC 7541 section 6).</summary>
internal static class HeaderStrings
{
    private const int HeaderLength = 9;
    private const byte Headers = 1, PushPromise = 5, Continuation = 9, Padded = 8, HasPriority = 0x20;

    public static IEnumerable<string> Of(byte[] stream)
    {
        byte[] preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8];
        int at = stream.AsSpan().StartsWith(preface) ? preface.Length : 0;
        while (at + HeaderLength <= stream.Length)
        {
            int length = stream[at] << 16 | stream[at + 1] << 8 | stream[at + 2], from = at + HeaderLength;
            (byte type, byte flags) = (stream[at + 3], stream[at + 4]);
            at = Math.Min(from + length, stream.Length);
            if (type is not (Headers or PushPromise or Continuation)) continue;
            if (type != Continuation && (flags & Padded) != 0) from++;
            if (type == PushPromise) from += 4;
            if (type == Headers && (flags & HasPriority) != 0) from += 5;
            if (from >= at) continue;
            foreach (string text in OfBlock(stream[from..at])) yield return text;
        }
    }

    private static IEnumerable<string> OfBlock(byte[] block)
    {
        int at = 0;
        while (at < block.Length)
        {
            byte first = block[at];
            int prefix = first >= 0x80 ? 7 : first >= 0x40 ? 6 : first >= 0x20 ? 5 : 4;
            int index = Number(block, ref at, prefix);
            if (prefix is 7 or 5) continue;
            for (int text = index == 0 ? 2 : 1; text > 0 && at < block.Length; text--)
            {
                bool isCoded = block[at] >= 0x80;
                int length = Math.Min(Number(block, ref at, 7), block.Length - at);
                if (length < 0) yield break;
                byte[] said = block[at..(at + length)];
                at += length;
                byte[] room = new byte[HpackHuffman.MaxText(length) + 1];
                if (!isCoded) yield return Encoding.Latin1.GetString(said);
                else if (HpackHuffman.TryDecode(said, room, out int count)) yield return Encoding.Latin1.GetString(room, 0, count);
            }
        }
    }

    private static int Number(byte[] block, ref int at, int prefix)
    {
        int most = (1 << prefix) - 1, value = block[at++] & most;
        if (value < most) return value;
        for (int shift = 0; at < block.Length && shift < 28; shift += 7)
        {
            byte next = block[at++];
            value += (next & 0x7f) << shift;
            if (next < 0x80) break;
        }

        return value;
    }
}
