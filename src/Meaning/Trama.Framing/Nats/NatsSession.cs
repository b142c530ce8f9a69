namespace Trama.Framing.Nats;

/// <summary>What the two directions of a connection know of each other.</summary>
internal sealed class NatsSession
{
    private readonly OpenKeys _ofClient = new();
    private readonly OpenKeys _ofServer = new();

    /// <summary>Whether all that a client says is confirmed; null as long as nobody knows.</summary>
    public bool? IsVerbose { get; set; }

    /// <summary>How many messages the client said while nobody knew whether they are confirmed: the next thing that the server says
    /// tells.</summary>
    public int Doubtful { get; set; }

    /// <summary>Whether no more than one of them was said at a time.</summary>
    public bool IsOneDoubtful { get; set; }

    /// <summary>Whether the server offers TLS, or asks for it.</summary>
    public bool OffersTls { get; set; }

    /// <summary>The subjects on which the side that speaks in a direction waits.</summary>
    public OpenKeys Of(Direction direction) => direction == Direction.ToServer ? _ofClient : _ofServer;

    /// <summary>Bytes of one direction are missing.</summary>
    public void Lose()
    {
        _ofClient.Lose();
        _ofServer.Lose();
    }
}
