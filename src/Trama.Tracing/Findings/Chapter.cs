using Trama.Packets.Decoding;

namespace Trama.Tracing.Findings;

/// <summary>
/// The segments of a connection that are judged together. A long connection is judged in several chapters, so that what is
/// kept of it stays bounded.
/// </summary>
internal sealed class Chapter
{
    public List<TracedSegment> Segments { get; } = [];

    /// <summary>ICMP errors about its segments, with the numbers of their packets.</summary>
    public List<(long Packet, QuotedSegment Error)> Errors { get; } = [];
}
