namespace Trama.Diagnosis.Evidence;

/// <summary>What a segment that takes up sequence numbers was, as far as the capture shows.</summary>
internal enum SentAs : byte
{
    /// <summary>Sent for the first time, in order.</summary>
    New,

    /// <summary>The network's copy of a packet that the vantage point had seen.</summary>
    Copy,

    /// <summary>Sent once, and overtaken on the way here by what was sent after it.</summary>
    Late,

    /// <summary>Sent again; the one before was lost on the way here.</summary>
    Refilled,

    /// <summary>Sent again; the vantage point had seen it before.</summary>
    Again,

    /// <summary>A keep-alive probe, or a probe of a zero window.</summary>
    Probe,
}
