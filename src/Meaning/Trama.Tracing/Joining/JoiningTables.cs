namespace Trama.Tracing.Joining;

/// <summary>What joining a connection needs meanwhile: tables of its segments, which are large, and used again for the next one that
/// the same thread joins.</summary>
internal sealed class JoiningTables
{
    [ThreadStatic]
    private static JoiningTables? t_own;

    private JoiningTables()
    {
    }

    /// <summary>Those of this thread.</summary>
    public static JoiningTables OfThread => t_own ??= new JoiningTables();

    /// <summary>What the first capture has of it.</summary>
    public List<TracedSegment> First { get; } = [];

    /// <summary>What the second has.</summary>
    public List<TracedSegment> Second { get; } = [];

    /// <summary>The segments that left, by what they keep on their way.</summary>
    public Dictionary<SegmentIdentity, Occurrences> Departures { get; } = [];

    /// <summary>Those that arrived, likewise.</summary>
    public Dictionary<SegmentIdentity, Occurrences> Arrivals { get; } = [];

    /// <summary>What those keep of which one was seen.</summary>
    public HashSet<SegmentIdentity> Seen { get; } = [];
}
