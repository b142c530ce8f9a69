namespace Trama.Scrubbing.Checking;

/// <summary>What differs after a scrub.</summary>
public enum ShapePart : byte
{
    /// <summary>The connection itself: its state, its times or its counts.</summary>
    Connection,

    /// <summary>An exchange: its protocol, a size, a time or its outcome.</summary>
    Exchange,

    /// <summary>How many exchanges there are.</summary>
    Count,

    /// <summary>What went wrong on it.</summary>
    Findings,

    /// <summary>The verdict on the capture.</summary>
    Verdict,
}
