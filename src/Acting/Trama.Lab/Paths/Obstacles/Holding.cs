namespace Trama.Lab.Paths.Obstacles;

/// <summary>Holds packets back, so that later ones overtake them.</summary>
internal sealed class Holding(Choice which, long nanoseconds) : IObstacle
{
    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire) => which(crossing) ? Fate.Hold(nanoseconds) : Fate.Pass;
}
