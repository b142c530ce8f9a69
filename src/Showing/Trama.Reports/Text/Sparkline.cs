namespace Trama.Reports.Text;

/// <summary>Numbers as a line of little bars, one column each.</summary>
public static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█", AsciiBars = "_.,:-=+#";

    /// <summary>The bars of some numbers, the largest in full height; one that is 0 is the lowest, an absent one is a space.</summary>
    public static string Of(IReadOnlyList<long?> values, bool ascii)
    {
        ArgumentNullException.ThrowIfNull(values);
        string bars = ascii ? AsciiBars : Bars;
        long most = Math.Max(1, values.Max() ?? 0);
        // What is there at all is told from nothing.
        return string.Concat(values.Select(value => value is not { } known ? ' '
            : bars[known <= 0 ? 0 : 1 + (int)((double)known / most * (bars.Length - 2))]));
    }

    /// <inheritdoc cref="Of(IReadOnlyList{long?}, bool)"/>
    public static string Of(IReadOnlyList<long> values, bool ascii) => Of([.. values.Select(value => (long?)value)], ascii);
}
