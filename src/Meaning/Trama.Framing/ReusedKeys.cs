namespace Trama.Framing;

/// <summary>
/// Keys that stand for one exchange after the other. Where a reply was missed, and then a request, the next reply of the same key would
/// seem to answer the request before: so what was asked before both is over.
/// </summary>
internal sealed class ReusedKeys
{
    private const int AgeAt = 40;

    private int _lossesToServer;
    private int _lossesToClient;

    /// <summary>Bytes of one direction are missing, and perhaps whole packets with them.</summary>
    public void Lose(Direction direction) => (direction == Direction.ToServer ? ref _lossesToServer : ref _lossesToClient)++;

    /// <summary>The key that a number is now.</summary>
    /// <param name="number">What the protocol has, of 40 bits.</param>
    public long Of(long number) => number | (long)(Math.Min(_lossesToServer, _lossesToClient) & 0x3f_ffff) << AgeAt;
}
