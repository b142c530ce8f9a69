using Trama.Packets.Decoding;
using Trama.Tracing.Findings.Evidence;

namespace Trama.Tracing.Findings;

/// <summary>
/// The segments of a connection that are judged together. A long connection is judged in several chapters, so that what is
/// kept of it stays bounded.
/// </summary>
internal sealed class Chapter
{
    public List<TracedSegment> Segments { get; } = [];

    /// <summary>What the first payloads look like, in the order of <see cref="Segments"/>.</summary>
    public List<PayloadGlimpse> Glimpses { get; } = [];

    /// <summary>ICMP errors about its segments, with the numbers of their packets.</summary>
    public List<(long Packet, QuotedSegment Error)> Errors { get; } = [];
}
