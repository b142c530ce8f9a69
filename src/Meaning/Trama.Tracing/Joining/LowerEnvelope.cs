using System.Runtime.InteropServices;

namespace Trama.Tracing.Joining;

/// <summary>The lower edge of a cloud of points over time: the line that lies below all of them, and nearest.</summary>
internal sealed class LowerEnvelope
{
    // Apart, since numbers alone are sorted several times as fast as pairs.
    private readonly List<double> _times = [];
    private readonly List<double> _values = [];
    private bool _sorted = true;

    public int Count => _times.Count;

    /// <summary>From the first to the last point.</summary>
    public double Span
    {
        get
        {
            Sort();
            return Count == 0 ? 0 : _times[^1] - _times[0];
        }
    }

    public void Add(double at, double value)
    {
        _sorted &= Count == 0 || at >= _times[^1];
        _times.Add(at);
        _values.Add(value);
    }

    /// <summary>The lowest value at time 0 of a line with this slope through a point.</summary>
    public double Least(double slope)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < Count; i++) least = Math.Min(least, _values[i] - slope * _times[i]);
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
        Sort();
        for (int i = 0; i < Count; i++)
        {
            (double At, double Value) point = (_times[i], _values[i]);
            mean += point.At / Count;
            // Of those at one time the lowest counts, in whatever order they stand.
            if (hull.Count > 0 && hull[^1].At == point.At)
            {
                if (hull[^1].Value <= point.Value) continue;
                hull.RemoveAt(hull.Count - 1);
            }

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
        double[] excess = [.. _times.Zip(_values, (at, value) => value - slope * at - least)];
        Array.Sort(excess);
        return excess[excess.Length / 2];
    }

    private static bool TurnsUp((double At, double Value) a, (double At, double Value) b, (double At, double Value) c) =>
        (b.At - a.At) * (c.Value - a.Value) - (b.Value - a.Value) * (c.At - a.At) > 0;

    private void Sort()
    {
        if (!_sorted) CollectionsMarshal.AsSpan(_times).Sort(CollectionsMarshal.AsSpan(_values));
        _sorted = true;
    }
}
