namespace Trama.Rows.Metrics;

/// <summary>How many durations were at most so long, as Prometheus counts them.</summary>
internal sealed class Histogram
{
    // Seconds, and as they are written.
    private static readonly (double Seconds, string Text)[] s_bounds =
    [
        (0.0001, "0.0001"), (0.00025, "0.00025"), (0.0005, "0.0005"), (0.001, "0.001"), (0.0025, "0.0025"), (0.005, "0.005"),
        (0.01, "0.01"), (0.025, "0.025"), (0.05, "0.05"), (0.1, "0.1"), (0.25, "0.25"), (0.5, "0.5"),
        (1, "1.0"), (2.5, "2.5"), (5, "5.0"), (10, "10.0"),
    ];

    private readonly long[] _counts = new long[s_bounds.Length + 1];
    private double _sum;

    /// <summary>Adds a duration in nanoseconds; nothing where there is none.</summary>
    public void Add(long? nanoseconds)
    {
        if (nanoseconds is not { } known) return;
        double seconds = known / 1e9;
        int at = Array.FindIndex(s_bounds, bound => seconds <= bound.Seconds);
        _counts[at < 0 ? s_bounds.Length : at]++;
        _sum += seconds;
    }

    /// <summary>Writes it.</summary>
    public void Write(MetricText text, string name, string labels)
    {
        long count = 0;
        for (int i = 0; i < s_bounds.Length; i++)
            text.Sample(name + "_bucket", $"{labels},le=\"{s_bounds[i].Text}\"", count += _counts[i]);
        text.Sample(name + "_bucket", labels + ",le=\"+Inf\"", count += _counts[^1]);
        text.Sample(name + "_sum", labels, _sum);
        text.Sample(name + "_count", labels, count);
    }
}
