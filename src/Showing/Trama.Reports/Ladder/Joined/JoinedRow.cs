using Trama.Diagnosis;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Reports.Ladder.Joined;

/// <summary>One row of a joined ladder: what happened at one of the two ends.</summary>
/// <param name="Kind">What the row shows.</param>
/// <param name="At">When, on the common clock.</param>
/// <param name="End">At which end.</param>
public sealed record JoinedRow(JoinedRowKind Kind, Timestamp At, Side End)
{
    /// <summary>The segment that leaves or arrives, as it was seen there.</summary>
    public TracedSegment? Segment { get; init; }

    /// <summary>The findings that <see cref="Segment"/> helps to prove, at this end.</summary>
    public IReadOnlyList<FindingId> Findings { get; init; } = [];

    /// <summary>Whether it left under another address or port, which a device on the way rewrote.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>The arrows that start or end in this row: several, where a device cut or joined segments.</summary>
    public IReadOnlyList<JoinedArrow> Arrows { get; init; } = [];

    /// <summary>The message of a <see cref="JoinedRowKind.Message"/> row.</summary>
    public Message? Message { get; init; }

    /// <summary>The exchange that <see cref="Message"/> belongs to.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>The length of a pause, in nanoseconds.</summary>
    public long PauseNs { get; init; }

    /// <summary>How many segments an <see cref="JoinedRowKind.Omitted"/> row stands for.</summary>
    public long Omitted { get; init; }
}
