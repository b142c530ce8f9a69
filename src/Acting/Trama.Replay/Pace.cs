using System.Globalization;

namespace Trama.Replay;

/// <summary>How fast recorded times pass.</summary>
/// <param name="Factor">How many recorded seconds pass in one; 0 for all at once.</param>
public readonly record struct Pace(double Factor)
{
    /// <summary>As they were.</summary>
    public static Pace Recorded { get; } = new(1);

    /// <summary>Without waiting.</summary>
    public static Pace Fast { get; } = new(0);

    /// <summary>Reads <c>recorded</c>, <c>fast</c>, or how many times as fast: <c>×2</c>, <c>x0.5</c>.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static Pace? Parse(string text) => text switch
    {
        "recorded" => Recorded,
        "fast" => Fast,
        ['×' or 'x', .. string factor] when Times(factor) is > 0 and <= 1e6 and double times => new Pace(times),
        _ => null,
    };

    /// <summary>How long a recorded time takes.</summary>
    /// <param name="nanoseconds">The recorded time; of a negative one, none.</param>
    public TimeSpan Of(long nanoseconds) => Factor == 0 || nanoseconds <= 0 ? TimeSpan.Zero
        : TimeSpan.FromTicks((long)Math.Min(nanoseconds / 100d / Factor, long.MaxValue / 4));

    private static double? Times(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double times) ? times : null;
}
