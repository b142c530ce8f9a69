namespace Trama.Reports.Ladder.Joined;

/// <summary>What a row of a joined ladder shows.</summary>
public enum JoinedRowKind : byte
{
    /// <summary>A segment leaves a lifeline.</summary>
    Leaves,

    /// <summary>A segment arrives at a lifeline.</summary>
    Arrives,

    /// <summary>A message, above the first segment that carries it.</summary>
    Message,

    /// <summary>Time in which nothing was seen at either end.</summary>
    Pause,

    /// <summary>Segments that are not drawn, since there are too many.</summary>
    Omitted,
}
