namespace Trama.Lab.Paths.Obstacles;

/// <summary>
/// A slow link with a queue in front of it: packets wait until those before them are through, and drop when the queue is full.
/// </summary>
/// <param name="direction">The direction that it limits.</param>
/// <param name="bitsPerSecond">Its rate, of IP packets.</param>
/// <param name="queueBytes">How many bytes may wait.</param>
internal sealed class Bottleneck(Direction direction, long bitsPerSecond, int queueBytes) : IObstacle
{
    private const double BitNanoseconds = 8e9;

    private long _freeAt;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (crossing.Direction != direction) return Fate.Pass;
        long start = Math.Max(crossing.Now, _freeAt);
        if ((start - crossing.Now) * bitsPerSecond / BitNanoseconds + crossing.Packet.Length > queueBytes) return Fate.Drop("droptail");
        _freeAt = start + (long)(crossing.Packet.Length * BitNanoseconds / bitsPerSecond);
        return Fate.Queue(_freeAt - crossing.Now);
    }
}
