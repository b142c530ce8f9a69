namespace Trama.Lab;

/// <summary>Chance with a seed: the same seed makes the same plan.</summary>
/// <param name="seed">The seed.</param>
/// <param name="plain">Whether what has nothing to do with the fault is not left to chance.</param>
internal sealed class Dice(int seed, bool plain = false)
{
    private readonly Random _random = new(seed);

    /// <summary>Whether what has nothing to do with the fault is not left to chance.</summary>
    public bool IsPlain { get; } = plain;

    /// <summary>A seed for other dice.</summary>
    public int Seed() => _random.Next();

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    /// <summary>A number, with three decimals.</summary>
    public double Between(double least, double most) => Math.Round(least + (_random.NextDouble() * (most - least)), 3);

    /// <summary>A number whose logarithm is evenly spread, to two digits.</summary>
    public double Spread(double least, double most)
    {
        double value = least * Math.Pow(most / least, _random.NextDouble());
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 1);
        return Math.Round(Math.Clamp(Math.Round(value / unit) * unit, least, most), 6);
    }

    /// <summary>One of these.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Random bytes.</summary>
    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
