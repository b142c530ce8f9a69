namespace Trama.Tracing.Tracking;

/// <summary>The packets that carried the last bytes of a stream, for layers that keep bytes before they yield what these
/// carried.</summary>
internal sealed class StampTrail
{
    private readonly Queue<(long End, PacketStamp Packet)> _pieces = new();

    /// <summary>Adds the piece of stream that ends at an offset.</summary>
    public void Add(long end, PacketStamp packet) => _pieces.Enqueue((end, packet));

    /// <summary>Forgets what lies before an offset.</summary>
    public void Forget(long offset)
    {
        while (_pieces.TryPeek(out (long End, PacketStamp Packet) piece) && piece.End <= offset) _pieces.Dequeue();
    }

    /// <summary>Tells a message of the packets that carried the bytes from one offset up to another.</summary>
    public void Tell(long start, long end, Message message, TracingOptions options)
    {
        foreach ((long pieceEnd, PacketStamp packet) in _pieces)
        {
            if (pieceEnd <= start) continue;
            message.AddPacket(packet, options);
            if (pieceEnd >= end) return;
        }
    }
}
