using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>The same connection in both captures.</summary>
/// <param name="First">In the first capture.</param>
/// <param name="Second">In the second one.</param>
/// <param name="IsTranslated">Whether addresses, ports or sequence numbers differ.</param>
/// <param name="IsRenumbered">Whether sequence numbers differ: then only those relative to the first ones compare.</param>
internal sealed record ConnectionPair(Connection First, Connection Second, bool IsTranslated = false, bool IsRenumbered = false)
{
    /// <summary>The sequence number of a segment, so that the same one has the same number in both.</summary>
    public SequenceNumber Sequence(Connection connection, in TracedSegment segment) =>
        new(segment.Sequence + Origin(connection, segment.From));

    /// <summary>Its acknowledgement, in the same way; 0 without one.</summary>
    public uint Acknowledgement(Connection connection, in TracedSegment segment) =>
        segment.Acknowledgement is { } relative ? relative + Origin(connection, segment.From.Other()) : 0;

    private uint Origin(Connection connection, Side from) => IsRenumbered ? 0 : connection.Stream(from).InitialSequence ?? 0;
}
