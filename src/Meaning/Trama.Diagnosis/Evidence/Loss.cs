using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>A segment that was lost, as its retransmission shows.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Place">The place of the retransmission among the stream's transmissions.</param>
/// <param name="Upstream">Whether it was lost before the vantage point.</param>
/// <param name="Trigger">What made the sender send it again.</param>
/// <param name="DelayNs">How much later it was sent again, in nanoseconds; from the segment that showed the hole where the first was not
/// seen.</param>
internal readonly record struct Loss(Side From, int Place, bool Upstream, LossTrigger Trigger, long DelayNs);
