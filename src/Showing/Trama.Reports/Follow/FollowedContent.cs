using Trama.Tracing;

namespace Trama.Reports.Follow;

/// <summary>Follows what the messages of a connection say, decrypted and decoded, in place of the bytes that carried it.</summary>
/// <param name="sink">Writes it.</param>
/// <param name="id">The number of the connection.</param>
public sealed class FollowedContent(ITraceSink sink, long id) : ITraceSink
{
    /// <summary>Whether the connection was let go of, so that reading may stop.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the connection has bytes of which nothing can be read: it is TLS without its keys.</summary>
    public bool IsSealed { get; private set; }

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => sink.ConnectionOpened(connection);

    /// <inheritdoc/>
    public void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (connection.Id == id) sink.ContentBytes(connection, from, piece, bytes);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        sink.ConnectionEnded(connection);
        if (connection.Id != id) return;
        IsOver = true;
        IsSealed = connection.Tls is { IsDecrypted: false };
    }
}
