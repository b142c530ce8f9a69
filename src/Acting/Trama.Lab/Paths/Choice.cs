namespace Trama.Lab.Paths;

/// <summary>Which packets an obstacle concerns.</summary>
internal delegate bool Choice(in Crossing crossing);

/// <summary>Choices that several faults make.</summary>
internal static class Choices
{
    /// <summary>Segments with payload, in one direction, each with a probability.</summary>
    public static Choice Data(Direction direction, double probability, int seed)
    {
        var random = new Random(seed);
        return (in Crossing crossing) => crossing.Length > 0 && crossing.Direction == direction && random.NextDouble() < probability;
    }
}
