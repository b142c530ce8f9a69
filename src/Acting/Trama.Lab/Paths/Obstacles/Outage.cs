namespace Trama.Lab.Paths.Obstacles;

/// <summary>The path breaks, in both directions, and is mended after a time.</summary>
/// <param name="trigger">The first packet that is lost.</param>
/// <param name="nanoseconds">For how long.</param>
internal sealed class Outage(Choice trigger, long nanoseconds) : IObstacle
{
    private long _until;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (_until == 0 && trigger(crossing))
        {
            _until = crossing.Now + nanoseconds;
            wire.Events.Add(new LinkEvent(crossing.Now, "blackout", null));
        }

        return crossing.Now < _until ? Fate.Drop("blackout") : Fate.Pass;
    }
}
