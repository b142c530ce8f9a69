namespace Trama.Lab.Paths.Obstacles;

/// <summary>A token bucket without a queue: what exceeds the rate is dropped at once.</summary>
/// <param name="direction">The direction that it limits.</param>
/// <param name="bitsPerSecond">The rate, of IP packets.</param>
/// <param name="burstBytes">What may pass at once after a silence.</param>
internal sealed class Policer(Direction direction, long bitsPerSecond, int burstBytes) : IObstacle
{
    private const double BitNanoseconds = 8e9;

    private double _tokens = burstBytes;
    private long _last;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (crossing.Direction != direction) return Fate.Pass;
        if (_last != 0) _tokens = Math.Min(burstBytes, _tokens + (crossing.Now - _last) * bitsPerSecond / BitNanoseconds);
        _last = crossing.Now;
        if (_tokens < crossing.Packet.Length) return Fate.Drop("policer");
        _tokens -= crossing.Packet.Length;
        return Fate.Pass;
    }
}
