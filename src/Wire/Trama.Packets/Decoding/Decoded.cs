namespace Trama.Packets.Decoding;

/// <summary>What <see cref="SegmentDecoder"/> found in a record.</summary>
public enum Decoded : byte
{
    /// <summary>No TCP.</summary>
    Nothing,

    /// <summary>A TCP segment.</summary>
    Segment,

    /// <summary>An ICMP error that quotes a TCP segment.</summary>
    QuotedSegment,

    /// <summary>A fragment of an IP packet whose other fragments are still to come.</summary>
    Fragment,
}
