using Trama.Framing;
using Trama.Tracing;

namespace Trama.Reports.Follow;

/// <summary>
/// Chooses which bytes of a connection are followed: the wire's, those that a layer carried, or by default the innermost ones that were
/// decrypted, and the wire's where nothing was.
/// </summary>
/// <param name="sink">Writes them, as the bytes of a stream.</param>
/// <param name="id">The number of the connection.</param>
/// <param name="layer">The name of the layer; null for the innermost decrypted bytes.</param>
public sealed class FollowedLayer(ITraceSink sink, long id, string? layer) : ITraceSink
{
    /// <summary>The name of the wire's own bytes.</summary>
    public const string Wire = "tcp";

    // So much is kept while it is open whether anything will be decrypted.
    private const int MaxHeld = 256 * 1024;

    private readonly long[] _offsets = new long[2];
    private readonly List<Held> _held = [];
    private long _heldBytes;
    private bool _isWire = layer == Wire;
    private int _depth = -1;

    /// <summary>Whether the connection was let go of, so that reading may stop.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the layer carried anything; always of the wire.</summary>
    public bool Carried => layer is null or Wire || _depth >= 0;

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => sink.ConnectionOpened(connection);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        if (connection.Id == id && layer is null && _depth < 0) ShowWire(connection);
        sink.ConnectionEnded(connection);
        IsOver |= connection.Id == id;
    }

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        if (connection.Id != id) return;
        if (_isWire) sink.StreamBytes(connection, from, offset, bytes, packet);
        else if (IsOpen) Hold(connection, new Held(from, offset, bytes.ToArray(), packet, 0, default));
    }

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason)
    {
        if (connection.Id != id) return;
        if (_isWire) sink.StreamGap(connection, from, offset, length, reason);
        else if (IsOpen) Hold(connection, new Held(from, offset, [], default, length, reason));
    }

    /// <inheritdoc/>
    public void CarriedBytes(Connection connection, Side from, in CarriedPiece piece, ReadOnlySpan<byte> bytes)
    {
        if (connection.Id != id || _isWire || piece.Protocol != (layer ?? FramingRule.Tls.Name) || piece.Depth < _depth) return;
        if (piece.Depth > _depth) _held.Clear();
        _depth = piece.Depth;
        ref long offset = ref _offsets[(int)from];
        if (piece.Missing != 0)
        {
            long missing = Math.Max(piece.Missing, 1);
            sink.StreamGap(connection, from, offset, missing, GapReason.NotCaptured);
            offset += missing;
        }

        if (!bytes.IsEmpty) sink.StreamBytes(connection, from, offset, bytes, piece.Packet);
        offset += bytes.Length;
    }

    private bool IsOpen => layer is null && _depth < 0;

    private void Hold(Connection connection, in Held held)
    {
        _held.Add(held);
        _heldBytes += held.Bytes.Length;
        if (_heldBytes > MaxHeld) ShowWire(connection);
    }

    private void ShowWire(Connection connection)
    {
        _isWire = true;
        foreach (Held held in _held)
        {
            if (held.Missing > 0) sink.StreamGap(connection, held.From, held.Offset, held.Missing, held.Reason);
            else sink.StreamBytes(connection, held.From, held.Offset, held.Bytes, held.Packet);
        }

        _held.Clear();
    }

    private readonly record struct Held(Side From, long Offset, byte[] Bytes, PacketStamp Packet, long Missing, GapReason Reason);
}
