using Trama.Packets;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>A record of a capture that is kept, to be told again in another way.</summary>
internal sealed record KeptRecord(long AtNs, LinkType LinkType, byte[] Bytes, int OriginalLength, int InterfaceId)
{
    public static KeptRecord Of(in Packets.Record record) =>
        new(record.Timestamp.Nanoseconds, record.LinkType, record.Bytes.ToArray(), record.OriginalLength, record.InterfaceId);

    public Packets.Record AsRecord() => new(new Timestamp(AtNs), LinkType, Bytes, OriginalLength, InterfaceId);

    /// <summary>Where its IP packet begins; -1 where that is not told.</summary>
    public int IpStart => LinkType switch
    {
        LinkType.Raw => 0,
        LinkType.Null when Bytes.Length > 4 => 4,
        LinkType.Ethernet when Bytes is [.., _] && Bytes.Length > 34 && Bytes[12] == 0x08 && Bytes[13] == 0 => 14,
        LinkType.Ethernet when Bytes.Length > 54 && Bytes[12] == 0x86 && Bytes[13] == 0xdd => 14,
        LinkType.Ethernet when Bytes.Length > 38 && Bytes[12] == 0x81 && Bytes[16] == 0x08 => 18,
        _ => -1,
    };
}
