namespace Trama.Lab.Paths.Obstacles;

/// <summary>Loses packets.</summary>
internal sealed class Dropping(string reason, Choice which) : IObstacle
{
    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire) => which(crossing) ? Fate.Drop(reason) : Fate.Pass;
}
