namespace Trama.Framing.Kafka;

/// <summary>How a field is written.</summary>
internal enum KafkaFieldKind : byte
{
    /// <summary>A number of bytes that the version fixes.</summary>
    Fixed,

    /// <summary>A length of two bytes, -1 for nothing, and as many bytes.</summary>
    ShortString,

    /// <summary>A length of four bytes, -1 for nothing, and as many bytes.</summary>
    LongBytes,

    /// <summary>A varint, one more than the length, and as many bytes.</summary>
    CompactBytes,

    /// <summary>Tagged fields (KIP-482).</summary>
    Tags,

    /// <summary>A count of four bytes, then the elements.</summary>
    Array,

    /// <summary>A varint, one more than the count, then the elements.</summary>
    CompactArray,

    /// <summary>The end of an element.</summary>
    ArrayEnd,
}
