using Trama.Peers;
using Trama.Replay.Recording;
using Trama.Replay.Sending;

namespace Trama.Replay.Loading;

/// <summary>Plays all recorded clients together: as many as there were, or so many times, when they came.</summary>
public sealed class ReplayedLoad
{
    // How long before it is due a connection is made ready.
    private static readonly TimeSpan s_lead = TimeSpan.FromMilliseconds(20);

    // How long after the end is asked for connections may still tell how they ended.
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(500);

    private readonly ReplayLoadOptions _options;
    private readonly ReplayClientOptions _client;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever opens connections counts as one.
    private long _open = 1;
    private long _begun;

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
        long lead = _options.IsAhead ? Ticks(s_lead.TotalSeconds) : 0;
        try
        {
            foreach ((RecordedConnection recorded, long atNs) in
                Arrivals.Of(_options.Connections, _options.Rate, _options.Duration is null ? null : durationNs))
            {
                long due = start + lead + Ticks(atNs / 1e9);
                await Alarm.UntilAsync(due - lead, _time, stop);
                Open(recorded, due, isAhead: lead > 0, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // What is open ends by itself.
        }

        Leave();
        await WhenOverAsync(stop);
    }

    // Who asked for the end does not wait for what takes its time.
    private async Task WhenOverAsync(CancellationToken stop)
    {
        try
        {
            await _over.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(_over.Task, Task.Delay(s_farewell, _time, CancellationToken.None));
        }
    }

    private void Open(RecordedConnection recorded, long due, bool isAhead, CancellationToken stop)
    {
        if (Interlocked.Read(ref _open) > _options.Most)
        {
            Tally.LeaveOut();
            return;
        }

        Interlocked.Increment(ref _open);
        // This thread may be the one that others wait for: what can be done before it is due is done elsewhere.
        _ = isAhead ? Task.Run(() => PlayAsync(recorded, due, stop), CancellationToken.None) : PlayAsync(recorded, due, stop);
    }

    private async Task PlayAsync(RecordedConnection recorded, long due, CancellationToken stop)
    {
        bool hasBegun = false;
        try
        {
            ReplayClientOptions client = _client with { Target = _client.Target with { Due = BeginAsync } };
            Tally.End(await ReplayedClient.PlayAsync(recorded, client, stop, _time));
        }
        catch (OperationCanceledException)
        {
            // It is one of those that were cut short.
        }
        finally
        {
            if (hasBegun) Interlocked.Decrement(ref _begun);
            Leave();
        }

        async ValueTask BeginAsync()
        {
            await Alarm.UntilAsync(due, _time, stop);
            hasBegun = true;
            Tally.Begin(_time.GetElapsedTime(due), Interlocked.Increment(ref _begun));
        }
    }

    private long Ticks(double seconds) => (long)(seconds * _time.TimestampFrequency);

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0) _over.SetResult();
    }
}
