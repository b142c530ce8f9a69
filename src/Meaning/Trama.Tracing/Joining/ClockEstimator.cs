using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>
/// Estimates how two clocks stand to each other from packets that both captures have. A packet is never under way for less than
/// nothing: what went from the first to the second vantage point bounds the offset from above, what went back from below. The
/// shortest delays of both ways decide, and the way between is taken to be as long there as back.
/// </summary>
public sealed class ClockEstimator
{
    // Beyond this no crystal is off, and what looks like drift is something else.
    private const double MostDrift = 0.001;

    // A clock that shows a one-way delay between nothing and this is believed when nothing bounds it from the other side.
    private const long LongestDelayNs = 2_000_000_000;

    private readonly LowerEnvelope _there = new();
    private readonly LowerEnvelope _back = new();
    private Timestamp? _reference;
    private long _base;
    private long _least = long.MaxValue, _most = long.MinValue;

    /// <summary>How many packets were compared.</summary>
    public int Count => _there.Count + _back.Count;

    /// <summary>
    /// Whether every packet shows the same difference, both ways or none at all: both captures are one, taken at one place.
    /// </summary>
    public bool IsOnePlace => Count > 0 && _least == _most && (_least == 0 || (_there.Count > 0 && _back.Count > 0));

    /// <summary>Compares the times of one packet.</summary>
    /// <param name="first">When the first capture has it.</param>
    /// <param name="second">When the second has it, by that capture's clock.</param>
    /// <param name="leftFirst">Whether it passed the first vantage point first.</param>
    public void Add(Timestamp first, Timestamp second, bool leftFirst)
    {
        long difference = second - first;
        if (_reference is null) (_reference, _base) = (first, difference);
        (_least, _most) = (Math.Min(_least, difference), Math.Max(_most, difference));
        // Small numbers keep the arithmetic exact, however far apart the clocks are.
        double at = first - _reference.Value, x = difference - _base;
        if (leftFirst) _there.Add(at, x);
        else _back.Add(at, -x);
    }

    /// <summary>The estimate; null when no packet was compared.</summary>
    public ClockOffset? Estimate()
    {
        if (_reference is not { } reference) return null;
        if (_there.Count == 0 || _back.Count == 0) return OneWay(reference);
        double drift = Drift();
        double there = _there.Least(drift), back = _back.Least(-drift);
        return new ClockOffset(reference, _base + (long)((there - back) / 2), drift, Math.Max(0, (long)((there + back) / 2)));
    }

    // A queue delays one way; a clock that runs faster shows in both, the other way round. So only what both show counts, and
    // only when it moves the clock further over the capture than delays vary anyway, or when without it a packet would have been there
    // before it left.
    private double Drift()
    {
        double there = _there.Slope(), back = -_back.Slope();
        if (there * back <= 0) return 0;
        double drift = Math.Abs(there) < Math.Abs(back) ? there : back;
        double span = Math.Min(_there.Span, _back.Span);
        double noise = Math.Max(_there.MedianExcess(drift), _back.MedianExcess(-drift));
        bool isShown = Math.Abs(drift) * span > noise || _there.Least(0) + _back.Least(0) < 0;
        return Math.Abs(drift) <= MostDrift && isShown ? drift : 0;
    }

    private ClockOffset OneWay(Timestamp reference)
    {
        bool there = _back.Count == 0;
        double bound = there ? _there.Least(0) : -_back.Least(0);
        long offset = _base + (long)bound;
        long shownDelay = there ? offset : -offset;
        return new ClockOffset(reference, shownDelay is >= 0 and <= LongestDelayNs ? 0 : offset, 0, null);
    }
}
