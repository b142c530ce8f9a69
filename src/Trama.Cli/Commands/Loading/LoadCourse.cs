using System.Diagnostics;
using Trama.Peers.Loading;
using Trama.Reports.Courses;

namespace Trama.Cli.Commands.Loading;

/// <summary>Looks at a load again and again while it runs: how it went over time.</summary>
internal sealed class LoadCourse : IDisposable
{
    // Of a long load, a moment is longer.
    private const int Moments = 240;
    private static readonly TimeSpan s_least = TimeSpan.FromMilliseconds(250);

    private readonly Load _load;
    private readonly Timer _timer;
    private readonly TimeSpan _interval;
    private readonly Lock _lock = new();
    private readonly List<CourseMoment> _moments = [];
    private readonly long _begun = Stopwatch.GetTimestamp();
    private LatencyHistogram _now = new(), _before = new();
    private long _lastNs, _failed;
    private bool _isOver;

    /// <summary>Begins to look.</summary>
    /// <param name="load">The load, which runs from now on.</param>
    /// <param name="planned">How long that will take.</param>
    public LoadCourse(Load load, TimeSpan planned)
    {
        _load = load;
        _interval = planned / Moments > s_least ? planned / Moments : s_least;
        _timer = new Timer(_ => Look(), null, _interval, _interval);
    }

    /// <summary>The moments since the first answer or failure, in order.</summary>
    public IReadOnlyList<CourseMoment> Course
    {
        get
        {
            lock (_lock) return [.. _moments];
        }
    }

    /// <summary>Takes the last moment.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Look();
        lock (_lock)
        {
            // A short rest would be drawn as a leap.
            if (!_isOver && _moments is [.., var before, var last] && last.LengthNs < _interval.TotalNanoseconds / 2)
            {
                _moments.RemoveAt(_moments.Count - 1);
                _moments[^1] = before.With(last);
            }

            _isOver = true;
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_isOver) return;
            long ns = (long)Stopwatch.GetElapsedTime(_begun).TotalNanoseconds, failed = _load.Read(_now);
            long answered = _now.Count - _before.Count;
            // Before, it only grew, or grew warm.
            if (_moments.Count > 0 || answered > 0 || failed > _failed) _moments.Add(new CourseMoment(_lastNs, Math.Max(1, ns - _lastNs),
                answered, failed - _failed, _now.Percentile(0.5, _before), _now.Percentile(0.99, _before)));
            (_lastNs, _failed) = (ns, failed);
            (_now, _before) = (_before, _now);
        }
    }
}
