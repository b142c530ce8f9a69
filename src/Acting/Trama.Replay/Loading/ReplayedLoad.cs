using Trama.Peers;
using Trama.Replay.Recording;
using Trama.Replay.Sending;

namespace Trama.Replay.Loading;

/// <summary>Plays all recorded clients together: as many as there were, or so many times, when they came.</summary>
public sealed class ReplayedLoad
{
    private readonly ReplayLoadOptions _options;
    private readonly ReplayClientOptions _client;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever opens connections counts as one.
    private long _open = 1;

    /// <summary>Begins to know what will be played.</summary>
    /// <exception cref="ArgumentException">There are no connections.</exception>
    public ReplayedLoad(ReplayLoadOptions options, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.Connections.Count);
        (_options, _time) = (options, time ?? TimeProvider.System);
        Tally = new ReplayTally(options.Connections);
        _client = options.Client with { Compares = false, Told = Tally.Add, Said = Tally.Said };
    }

    /// <summary>What came of it.</summary>
    public ReplayTally Tally { get; }

    /// <summary>Plays them until all have come to their ends.</summary>
    /// <param name="stop">Ends all before their time.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        long start = _time.GetTimestamp(), durationNs = (long)(_options.Duration?.TotalNanoseconds ?? 0);
        try
        {
            foreach ((RecordedConnection recorded, long atNs) in
                Arrivals.Of(_options.Connections, _options.Rate, _options.Duration is null ? null : durationNs))
            {
                long due = start + (long)(atNs / 1e9 * _time.TimestampFrequency);
                await Alarm.UntilAsync(due, _time, stop);
                Open(recorded, due, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // What is open ends by itself.
        }

        Leave();
        await _over.Task;
    }

    private void Open(RecordedConnection recorded, long due, CancellationToken stop)
    {
        if (Interlocked.Read(ref _open) > _options.Most)
        {
            Tally.LeaveOut();
            return;
        }

        Tally.Begin(_time.GetElapsedTime(due), Interlocked.Increment(ref _open) - 1);
        _ = PlayAsync(recorded, stop);
    }

    private async Task PlayAsync(RecordedConnection recorded, CancellationToken stop)
    {
        try
        {
            Tally.End(await ReplayedClient.PlayAsync(recorded, _client, stop, _time));
        }
        catch (OperationCanceledException)
        {
            // It is one of those that were cut short.
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0) _over.SetResult();
    }
}
