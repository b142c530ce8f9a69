using System.Buffers.Binary;
using Trama.Framing.Dns;

namespace Trama.Replay.Adapting.Dns;

/// <summary>Where in a message of DNS, without its length, stands what differs from one time to the next.</summary>
internal static class DnsParts
{
    private const int QuestionTail = 4, RecordHead = 10, OptionHead = 4;
    private const ushort Opt = 41, Cookie = 10;

    /// <summary>The bytes of a client's cookie, with which its option begins (RFC 7873 section 4).</summary>
    public const int ClientCookie = 8;

    /// <summary>The name that is asked for; empty where there is none.</summary>
    public static Range Question(ReadOnlySpan<byte> message)
    {
        if (message.Length < DnsMessage.HeaderSize || Count(message, 4) == 0) return default;
        int end = AfterName(message, DnsMessage.HeaderSize);
        return end < 0 ? default : DnsMessage.HeaderSize..end;
    }

    /// <summary>The option with the cookies among those of EDNS (RFC 6891 section 6.1.2).</summary>
    /// <param name="message">The message.</param>
    /// <param name="sizeAt">Where the length of all options stands.</param>
    /// <returns>The whole option; empty where there is none.</returns>
    public static Range CookieOption(ReadOnlySpan<byte> message, out int sizeAt)
    {
        sizeAt = 0;
        if (message.Length < DnsMessage.HeaderSize) return default;
        int at = DnsMessage.HeaderSize, others = Count(message, 6) + Count(message, 8), records = others + Count(message, 10);
        for (int question = Count(message, 4); question > 0 && at >= 0; question--)
            at = AfterName(message, at) is >= 0 and var end ? end + QuestionTail : -1;
        for (int record = 0; record < records && at >= 0; record++)
        {
            int head = AfterName(message, at);
            if (head < 0 || head + RecordHead > message.Length) return default;
            int content = head + RecordHead, size = Count(message, head + 8);
            if (content + size > message.Length) return default;
            if (record >= others && Count(message, head) == Opt)
            {
                sizeAt = head + 8;
                return OptionIn(message, content, content + size);
            }

            at = content + size;
        }

        return default;
    }

    private static Range OptionIn(ReadOnlySpan<byte> message, int at, int end)
    {
        while (at + OptionHead <= end)
        {
            int next = at + OptionHead + Count(message, at + 2);
            if (next > end) break;
            if (Count(message, at) == Cookie && next - at >= OptionHead + ClientCookie) return at..next;
            at = next;
        }

        return default;
    }

    // -1 where it has no end; a pointer ends a name (RFC 1035 section 4.1.4).
    private static int AfterName(ReadOnlySpan<byte> message, int at)
    {
        while (at < message.Length)
        {
            byte length = message[at];
            if (length == 0) return at + 1;
            if (length >= 0xc0) return at + 2 <= message.Length ? at + 2 : -1;
            at += 1 + length;
        }

        return -1;
    }

    private static int Count(ReadOnlySpan<byte> message, int at) => BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
}
