namespace Trama.Tracing.Joining;

/// <summary>The lower edge of a cloud of points over time: the line that lies below all of them, and nearest.</summary>
internal sealed class LowerEnvelope
{
    private readonly List<(double At, double Value)> _points = [];
    private bool _sorted = true;

    public int Count => _points.Count;

    /// <summary>From the first to the last point.</summary>
    public double Span => Count == 0 ? 0 : Points()[^1].At - Points()[0].At;

    public void Add(double at, double value)
    {
        _sorted = false;
        _points.Add((at, value));
    }

    /// <summary>The lowest value at time 0 of a line with this slope through a point.</summary>
    public double Least(double slope)
    {
        double least = double.PositiveInfinity;
        foreach ((double at, double value) in _points) least = Math.Min(least, value - slope * at);
        return least;
    }

    /// <summary>
    /// The slope of the edge of the convex hull below the mean time: of all lines below the points it has the least distance
    /// to them in sum. 0 when the points have no extent in time.
    /// </summary>
    public double Slope()
    {
        var hull = new List<(double At, double Value)>();
        double mean = 0;
        foreach ((double At, double Value) point in Points())
        {
            mean += point.At / Count;
            while (hull.Count >= 2 && !TurnsUp(hull[^2], hull[^1], point)) hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }

        int right = hull.FindIndex(point => point.At > mean);
        if (right <= 0) return 0;
        ((double fromAt, double from), (double toAt, double to)) = (hull[right - 1], hull[right]);
        return (to - from) / (toAt - fromAt);
    }

    /// <summary>How far above the lowest line of this slope half of the points are.</summary>
    public double MedianExcess(double slope)
    {
        double least = Least(slope);
        double[] excess = [.. _points.Select(point => point.Value - slope * point.At - least)];
        Array.Sort(excess);
        return excess[excess.Length / 2];
    }

    private static bool TurnsUp((double At, double Value) a, (double At, double Value) b, (double At, double Value) c) =>
        (b.At - a.At) * (c.Value - a.Value) - (b.Value - a.Value) * (c.At - a.At) > 0;

    private List<(double At, double Value)> Points()
    {
        if (!_sorted) _points.Sort();
        _sorted = true;
        return _points;
    }
}
