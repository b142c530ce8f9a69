namespace Trama.Lab.Paths.Obstacles;

/// <summary>The firewall of the receiving host: it takes packets without a word.</summary>
internal sealed class Refusing(Choice which) : IObstacle
{
    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire) => which(crossing) ? Fate.Refuse : Fate.Pass;
}
