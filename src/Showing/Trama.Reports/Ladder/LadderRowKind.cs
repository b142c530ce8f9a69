namespace Trama.Reports.Ladder;

/// <summary>What a row of a ladder shows.</summary>
public enum LadderRowKind : byte
{
    /// <summary>A segment: a thin arrow.</summary>
    Segment,

    /// <summary>A message: a thick arrow above the segments that carried it.</summary>
    Message,

    /// <summary>Time in which nothing was seen.</summary>
    Pause,

    /// <summary>At least one segment that must have been sent was not seen.</summary>
    Unseen,

    /// <summary>Segments that are not drawn, since there are too many.</summary>
    Omitted,

    /// <summary>How the connection ended, as far as the capture shows.</summary>
    End,
}
