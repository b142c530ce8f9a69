using Trama.Tracing;

namespace Trama.Reports.Forms;

/// <summary>Passes on what concerns one connection.</summary>
internal sealed class OneConnection(ITraceSink sink, long id) : ITraceSink
{
    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection)
    {
        if (connection.Id == id) sink.ConnectionOpened(connection);
    }

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        if (connection.Id == id) sink.ExchangeCompleted(connection, exchange);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (connection.Id == id) sink.ConnectionEnded(connection);
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (connection.Id == id) sink.StreamBytes(connection, from, offset, bytes, packet);
    }

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (connection.Id == id) sink.StreamGap(connection, from, offset, length, reason);
    }
}
