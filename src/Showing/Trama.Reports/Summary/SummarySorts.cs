namespace Trama.Reports.Summary;

/// <summary>The orders of a summary, as a person writes them.</summary>
public static class SummarySorts
{
    private static readonly (string Name, SummarySort Sort)[] All =
    [
        ("number", SummarySort.Number), ("duration", SummarySort.Duration), ("bytes", SummarySort.Bytes),
        ("exchanges", SummarySort.Exchanges),
        ("retransmissions", SummarySort.Retransmissions), ("rtt", SummarySort.Rtt), ("server-time", SummarySort.ServerTime),
    ];

    /// <summary>All names.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(sort => sort.Name));

    /// <summary>The order of a name; null when there is none of that name.</summary>
    public static SummarySort? Named(string name)
    {
        foreach ((string known, SummarySort sort) in All)
            if (known == name) return sort;
        return null;
    }
}
