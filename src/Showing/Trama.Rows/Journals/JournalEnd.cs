namespace Trama.Rows.Journals;

/// <summary>How the reading of a journal ended.</summary>
public enum JournalEnd
{
    /// <summary>All of it was read.</summary>
    Whole,

    /// <summary>Its last frame is not whole: its writer is at it, or was stopped in the middle.</summary>
    Cut,

    /// <summary>A frame in its middle was passed over, or what one holds is no rows; or its first frame is not that of a journal.</summary>
    Damaged,

    /// <summary>A newer version wrote it, of which nothing was read.</summary>
    Newer,
}
