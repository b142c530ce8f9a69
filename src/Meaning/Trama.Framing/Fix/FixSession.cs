namespace Trama.Framing.Fix;

/// <summary>What the two directions of a connection know of each other: on which orders and tests each side waits, and who logs
/// on.</summary>
internal sealed class FixSession
{
    private readonly OpenKeys _ofClient = new();
    private readonly OpenKeys _ofServer = new();

    /// <summary>The names on which the side that speaks in a direction waits.</summary>
    public OpenKeys Of(Direction direction) => direction == Direction.ToServer ? _ofClient : _ofServer;

    /// <summary>Bytes of one direction are missing.</summary>
    public void Lose()
    {
        _ofClient.Lose();
        _ofServer.Lose();
    }
}
