namespace Trama.Lab.Paths.Obstacles;

/// <summary>The path breaks, in both directions, and stays broken.</summary>
/// <param name="trigger">The first packet that is lost.</param>
internal sealed class Blackout(Choice trigger) : IObstacle
{
    private bool _dark;

    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire)
    {
        if (!_dark && trigger(crossing))
        {
            _dark = true;
            wire.Events.Add(new LinkEvent(crossing.Now, "blackout", null));
        }

        return _dark ? Fate.Drop("blackout") : Fate.Pass;
    }
}
