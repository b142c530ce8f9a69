namespace Trama.Fleet.Storing;

/// <summary>How much a store keeps.</summary>
public sealed record StoreLimits
{
    // They take little, and are what somebody looks for first.
    private static readonly string[] s_goLast = ["findings", "verdicts", "gaps"];

    /// <summary>How long rows are kept.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many bytes of rows are kept; the oldest hours go first.</summary>
    public long Bytes { get; init; } = 10L << 30;

    /// <summary>How many bytes are kept of journals that could not be read: a few of them, which somebody may want to look at.</summary>
    public long AsideBytes { get; init; } = 256L << 20;

    /// <summary>How many bytes of packets' headers are kept.</summary>
    public long HeaderBytes { get; init; } = 1L << 30;

    /// <summary>Which tables are kept: those that are not too old, of these the latest for which there is room.</summary>
    /// <param name="tables">All of them.</param>
    /// <param name="others">How many bytes of the room are taken by others.</param>
    /// <param name="now">What time it is.</param>
    internal HashSet<StoredFile> Kept(IEnumerable<StoredFile> tables, long others, DateTimeOffset now)
    {
        long oldest = (now - Age - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, room = Bytes - others;
        var kept = new HashSet<StoredFile>();
        foreach (StoredFile table in tables.OrderBy(table => !s_goLast.Contains(table.Table)).ThenByDescending(table => table.LastAt))
        {
            room -= table.Bytes;
            if (room >= 0 && table.LastAt >= oldest) kept.Add(table);
        }

        return kept;
    }
}
