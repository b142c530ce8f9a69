using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Trama.Fleet.Soak;

/// <summary>How much the sensors know to be stored, and for how long at most that did not grow.</summary>
internal sealed class Progress
{
    private readonly ConcurrentDictionary<string, (long Given, long Waiting)> _sensors = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _before;
    private TimeSpan _grewAt;

    /// <summary>How many messages are stored.</summary>
    public long Stored => _sensors.Values.Sum(sensor => sensor.Given - sensor.Waiting);

    /// <summary>For how long at most it did not grow since the latest <see cref="Next"/>.</summary>
    public TimeSpan LongestStall { get; private set; }

    /// <summary>Takes what a sensor says: how many messages it gave, and how many of them wait.</summary>
    public void Hear(string sensor, string line)
    {
        if (line.Split(' ') is [var given, var waiting] && long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture,
            out long all) && long.TryParse(waiting, NumberStyles.None, CultureInfo.InvariantCulture, out long left)
            && sensor.StartsWith("sensor-", StringComparison.Ordinal)) _sensors[sensor] = (all, left);
    }

    /// <summary>Looks whether it grew.</summary>
    public void Look()
    {
        TimeSpan now = _clock.Elapsed;
        long stored = Stored;
        if (stored > _before) (_before, _grewAt) = (stored, now);
        if (now - _grewAt > LongestStall) LongestStall = now - _grewAt;
    }

    /// <summary>Something is done to the fleet: stalls count anew.</summary>
    public void Next() => (_grewAt, LongestStall) = (_clock.Elapsed, TimeSpan.Zero);
}
