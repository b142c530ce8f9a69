using Trama.Framing.Dns;
using Trama.Framing.Mqtt;

namespace Trama.Replay.Sending.Risks;

/// <summary>What the bytes of a request tell of what it may change, where its words do not.</summary>
internal static class RequestBytes
{
    private const int WillFlag = 4;

    /// <summary>Whether a message of DNS over TCP only asks: QUERY, IQUERY and STATUS (RFC 1035 section 4.1.1). UPDATE (RFC 2136) and
    /// NOTIFY (RFC 1996) are others.</summary>
    public static bool IsDnsQuery(ReadOnlySpan<byte> said) =>
        said.Length >= DnsStream.LengthSize + DnsMessage.HeaderSize && new DnsMessage(said[DnsStream.LengthSize..]).Opcode is >= 0 and <= 2;

    /// <summary>Whether a CONNECT of MQTT leaves others alone: who comes under a name ends whoever has it (MQTT 5.0, MQTT-3.1.4-3), and
    /// the will of who goes is said to others.</summary>
    public static bool IsNobodysConnect(ReadOnlySpan<byte> said)
    {
        // A type, then a length of up to four bytes.
        int at = 1;
        while (at < Math.Min(said.Length, 5) && said[at] >= 0x80) at++;
        if (at + 1 >= said.Length) return false;
        var fields = new PacketFields(said[(at + 1)..]);
        fields.Text();
        bool hasProperties = fields.Byte() >= 5;
        int flags = fields.Byte();
        fields.Number();
        if (hasProperties) fields.Properties();
        return fields.Text().IsEmpty && !fields.IsBroken && (flags & WillFlag) == 0;
    }

    /// <summary>Whether SUB of NATS names a group, of which each message goes to one alone.</summary>
    public static bool JoinsGroup(ReadOnlySpan<byte> said)
    {
        int end = said.IndexOf((byte)'\r'), words = 0;
        foreach (Range word in (end < 0 ? said : said[..end]).Split((byte)' ')) words += word.Start.Equals(word.End) ? 0 : 1;
        return words > 3;
    }

    /// <summary>Whether a meta get of memcached makes, touches or takes over what it asks for (protocol.txt, "Meta Get": the flags N, T
    /// and R).</summary>
    public static bool TouchesMeta(ReadOnlySpan<byte> said)
    {
        int end = said.IndexOf((byte)'\r'), at = 0;
        ReadOnlySpan<byte> line = end < 0 ? said : said[..end];
        foreach (Range word in line.Split((byte)' '))
            if (at++ >= 2 && line[word] is [(byte)'N' or (byte)'T' or (byte)'R' or (byte)'E', ..]) return true;
        return false;
    }
}
