using Trama.Packets.Transport;

namespace Trama.Tracing.Findings;

/// <summary>What the rules read of a connection.</summary>
internal sealed class ConnectionEvidence(Connection connection, Chapter chapter)
{
    public Connection Connection { get; } = connection;

    public IReadOnlyList<TracedSegment> Segments { get; } = chapter.Segments;

    /// <summary>Whether a segment has all of some flags.</summary>
    public static bool Has(in TracedSegment segment, TcpFlags flags) => (segment.Flags & flags) == flags;
}
