using Trama.Packets.Decoding;
using Trama.Tracing;

namespace Trama.Reports.Forms;

/// <summary>Passes on what belongs to a selection.</summary>
internal sealed class SelectedSink(ITraceSink sink, Selection selection) : ITraceSink
{
    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection)
    {
        if (selection.Has(connection.Id)) sink.ConnectionOpened(connection);
    }

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        if (selection.Has(connection, exchange)) sink.ExchangeCompleted(connection, exchange);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (!selection.Has(connection)) return;
        selection.Count();
        sink.ConnectionEnded(connection);
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (selection.Has(connection.Id)) sink.StreamBytes(connection, from, offset, bytes, packet);
    }

    /// <inheritdoc/>
    public void CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (selection.Has(connection.Id)) sink.CarriedBytes(connection, from, piece, bytes);
    }

    /// <inheritdoc/>
    public void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (selection.Has(connection.Id)) sink.ContentBytes(connection, from, piece, bytes);
    }

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error)
    {
        if (selection.Has(connection.Id)) sink.ErrorReported(connection, packet, error);
    }

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (selection.Has(connection.Id)) sink.StreamGap(connection, from, offset, length, reason);
    }

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        selection.Note(connection, segment);
        if (selection.Has(connection, segment)) sink.SegmentTaken(connection, segment, payload);
    }
}
