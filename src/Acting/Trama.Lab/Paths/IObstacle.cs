namespace Trama.Lab.Paths;

/// <summary>Something on the path that does more to packets than to delay them.</summary>
internal interface IObstacle
{
    /// <summary>Decides what becomes of a packet. The wire asks its obstacles in turn until one does not let it pass.</summary>
    Fate Meet(in Crossing crossing, Wire wire);
}
