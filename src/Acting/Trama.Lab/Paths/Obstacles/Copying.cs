namespace Trama.Lab.Paths.Obstacles;

/// <summary>Sends packets on twice.</summary>
internal sealed class Copying(Choice which, long nanosecondsLater) : IObstacle
{
    /// <inheritdoc/>
    public Fate Meet(in Crossing crossing, Wire wire) => which(crossing) ? Fate.Copy(nanosecondsLater) : Fate.Pass;
}
