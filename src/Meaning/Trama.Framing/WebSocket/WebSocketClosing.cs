namespace Trama.Framing.WebSocket;

/// <summary>What the two directions know of each other: whether one of them has begun to close (RFC 6455 section 7.1).</summary>
internal sealed class WebSocketClosing
{
    /// <summary>Who said it first; absent while nobody has.</summary>
    public Direction? By { get; set; }

    /// <summary>Whether bytes of the client are missing, in which it may have said it; not if it goes on after them.</summary>
    public bool MayBeByClient { get; set; }

    /// <summary>Whether bytes of the server are missing, in which it may have said it.</summary>
    public bool MayBeByServer { get; set; }

    /// <summary>Bytes of one direction are missing, or were seen.</summary>
    public void Note(Direction direction, bool mayBe)
    {
        if (direction == Direction.ToServer) MayBeByClient = mayBe;
        else MayBeByServer = mayBe;
    }
}
