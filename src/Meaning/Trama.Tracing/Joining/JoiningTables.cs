namespace Trama.Tracing.Joining;

/// <summary>What joining a connection needs meanwhile: tables of its segments, which are large, and used again for the next one.</summary>
internal sealed class JoiningTables
{
    /// <summary>The segments that left, by what they keep on their way.</summary>
    public Dictionary<SegmentIdentity, Occurrences> Departures { get; } = [];

    /// <summary>Those that arrived, likewise.</summary>
    public Dictionary<SegmentIdentity, Occurrences> Arrivals { get; } = [];

    /// <summary>What those keep of which one was seen.</summary>
    public HashSet<SegmentIdentity> Seen { get; } = [];

    /// <summary>What became of each.</summary>
    public List<JoinedSegment> Segments { get; } = [];
}
