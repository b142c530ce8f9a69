using Trama.Framing.Bodies;
using Trama.Tracing;

namespace Trama.Reports.Follow;

/// <summary>Writes exactly the bytes that one side of a connection, or both in order of time, said.</summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="id">The number of the connection to follow.</param>
/// <param name="only">The side to write; null for both.</param>
public sealed class RawStream(Stream output, long id, Side? only) : ITraceSink
{
    /// <summary>Whether the connection was seen.</summary>
    public bool Found { get; private set; }

    /// <summary>How many bytes are missing from what is written.</summary>
    public long MissingBytes { get; private set; }

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => Found |= connection.Id == id;

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (connection.Id == id && (only is null || only == from)) output.Write(bytes);
    }

    /// <summary>Why a body in what is written could not be decoded.</summary>
    public BodyObstacle Undecoded { get; private set; }

    /// <inheritdoc/>
    public void ContentBytes(Connection connection, Side from, in ContentPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (connection.Id != id || (only is not null && only != from)) return;
        MissingBytes += piece.Missing;
        if (piece.Obstacle != BodyObstacle.None) Undecoded = piece.Obstacle;
        // Words stand for bytes that were never said.
        if (piece.Kind != ContentKind.Words) output.Write(bytes);
    }

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (connection.Id == id && (only is null || only == from)) MissingBytes += length;
    }
}
