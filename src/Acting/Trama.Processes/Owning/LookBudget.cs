using System.Diagnostics;

namespace Trama.Processes.Owning;

/// <summary>Keeps looking below a share of one processor: what was spent is earned back with time.</summary>
internal sealed class LookBudget
{
    // One long look does not forbid the next ones for long.
    private static readonly TimeSpan s_mostDebt = TimeSpan.FromMilliseconds(5);

    private readonly double _share;
    private readonly TimeSpan _reserve;
    private TimeSpan _saved;
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>Begins with the whole reserve.</summary>
    /// <param name="share">The share.</param>
    /// <param name="reserve">The most that may be saved up.</param>
    public LookBudget(double share, TimeSpan reserve) => (_share, _reserve, _saved) = (share, reserve, reserve);

    /// <summary>Whether there may be a look now.</summary>
    public bool Allows => Saved() > TimeSpan.Zero;

    /// <summary>Whether what is saved would do for something that takes about so long; half the reserve always does.</summary>
    public bool Has(TimeSpan cost) => Saved() >= (cost < _reserve / 2 ? cost : _reserve / 2);

    /// <summary>Counts time that was spent.</summary>
    public void Spend(TimeSpan cost)
    {
        TimeSpan rest = Saved() - cost;
        _saved = rest < -s_mostDebt ? -s_mostDebt : rest;
    }

    private TimeSpan Saved()
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan earned = _saved + Stopwatch.GetElapsedTime(_since, now) * _share;
        _since = now;
        return _saved = earned < _reserve ? earned : _reserve;
    }
}
