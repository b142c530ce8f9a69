namespace Trama.Tracing.Sharding;

/// <summary>What happens to a connection.</summary>
internal enum ShardStepKind : byte
{
    /// <summary>It begins.</summary>
    Open,

    /// <summary>A segment of it was seen.</summary>
    Segment,

    /// <summary>An ICMP error about it was seen.</summary>
    Error,

    /// <summary>Its server has fallen silent.</summary>
    EndReply,

    /// <summary>The tracker lets go of it.</summary>
    End,
}
