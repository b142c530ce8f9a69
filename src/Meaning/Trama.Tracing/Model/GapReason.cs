namespace Trama.Tracing;

/// <summary>Why bytes of a stream are missing.</summary>
public enum GapReason : byte
{
    /// <summary>The other side acknowledged them: they arrived, but the capture does not have them.</summary>
    NotCaptured,

    /// <summary>The snapshot length cut them off.</summary>
    Cut,

    /// <summary>The capture ended before they came.</summary>
    Unseen,

    /// <summary>A limit on what is kept out of order was reached before they came.</summary>
    Limit,
}
