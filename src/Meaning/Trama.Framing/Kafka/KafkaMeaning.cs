namespace Trama.Framing.Kafka;

/// <summary>What a field says that is of interest.</summary>
internal enum KafkaMeaning : byte
{
    /// <summary>Nothing: it is passed over.</summary>
    None,

    /// <summary>A topic's name.</summary>
    Topic,

    /// <summary>A topic's identifier, 16 bytes.</summary>
    TopicId,

    /// <summary>An error code, 0 for none.</summary>
    Error,

    /// <summary>How many replicas have to confirm; at 0 nobody answers.</summary>
    Acks,

    /// <summary>How long the broker may wait for something to tell, in milliseconds.</summary>
    Wait,
}
