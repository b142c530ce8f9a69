namespace Trama.Tracing.Joining;

/// <summary>What became of a segment between the two vantage points.</summary>
public enum SegmentFate : byte
{
    /// <summary>It left, and arrived.</summary>
    Delivered,

    /// <summary>It left and never arrived, although the other capture was running.</summary>
    Lost,

    /// <summary>It arrived once more than it left: something between the two copied it.</summary>
    Duplicated,

    /// <summary>It arrived and never left: something between the two made it up.</summary>
    Forged,

    /// <summary>Only one capture has it, and the other was not running, or missed it: nothing can be said.</summary>
    Unwatched,
}
