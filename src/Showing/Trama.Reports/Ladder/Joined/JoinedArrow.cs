using Trama.Tracing.Joining;

namespace Trama.Reports.Ladder.Joined;

/// <summary>An arrow from one lifeline to the other; one that was lost ends on the way, one that was made up begins there.</summary>
/// <param name="segment">What it stands for.</param>
public sealed class JoinedArrow(JoinedSegment segment)
{
    /// <summary>What it stands for.</summary>
    public JoinedSegment Segment { get; } = segment;

    /// <summary>The row in which it starts, from 0; -1 when it has none.</summary>
    public int LeavesIn { get; internal set; } = -1;

    /// <summary>The row in which it ends, from 0; -1 when it has none.</summary>
    public int ArrivesIn { get; internal set; } = -1;
}
