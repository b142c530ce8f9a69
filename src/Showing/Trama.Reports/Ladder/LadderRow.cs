using Trama.Diagnosis;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Reports.Ladder;

/// <summary>One row of a ladder: what happened, when, and from which lifeline.</summary>
/// <param name="Kind">What the row shows.</param>
/// <param name="At">When it happened.</param>
public sealed record LadderRow(LadderRowKind Kind, Timestamp At)
{
    /// <summary>From the segment before to this one, in nanoseconds; for a pause, its length. Absent in the first row.</summary>
    public long? DeltaNs { get; init; }

    /// <summary>Whose lifeline the arrow starts from.</summary>
    public Side From { get; init; }

    /// <summary>The segment of a <see cref="LadderRowKind.Segment"/> row.</summary>
    public TracedSegment? Segment { get; init; }

    /// <summary>The findings that <see cref="Segment"/> helps to prove.</summary>
    public IReadOnlyList<FindingId> Findings { get; init; } = [];

    /// <summary>The message of a <see cref="LadderRowKind.Message"/> row.</summary>
    public Message? Message { get; init; }

    /// <summary>The exchange that <see cref="Message"/> belongs to.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>How many segments an <see cref="LadderRowKind.Omitted"/> row stands for.</summary>
    public long Omitted { get; init; }

    /// <summary>The bracket on the client's lifeline.</summary>
    public LifelineJoin ClientJoin { get; internal set; }

    /// <summary>The bracket on the server's lifeline.</summary>
    public LifelineJoin ServerJoin { get; internal set; }

    /// <summary>The bracket on the lifeline of <paramref name="side"/>.</summary>
    public LifelineJoin Join(Side side) => side == Side.Client ? ClientJoin : ServerJoin;
}
