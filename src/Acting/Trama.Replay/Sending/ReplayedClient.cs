using Trama.Peers;
using Trama.Replay.Recording;

namespace Trama.Replay.Sending;

/// <summary>Plays recorded clients.</summary>
public static class ReplayedClient
{
    /// <summary>Plays the client of one connection.</summary>
    /// <param name="recorded">The connection.</param>
    /// <param name="options">Where, and how.</param>
    /// <param name="stop">Ends it before its time.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static Task<PlayedEnd> PlayAsync(
        RecordedConnection recorded, ReplayClientOptions options, CancellationToken stop, TimeProvider? time = null) =>
        PlayedConversation.PlayAsync(recorded, options, time ?? TimeProvider.System, stop);

    /// <summary>Plays the clients of several connections, each opened as long after the first as it was then, and behind the replies
    /// that had been heard by then.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="options">Where, and how.</param>
    /// <param name="stop">Ends all before their time.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <returns>How each came to its end, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static async Task<IReadOnlyList<PlayedEnd>> PlayAllAsync(
        IReadOnlyList<RecordedConnection> connections, ReplayClientOptions options, CancellationToken stop, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var earlier = new EarlierReplies(connections);
        ReplayClientOptions told = options with
        {
            Told = exchange =>
            {
                options.Told(exchange);
                earlier.End(exchange.Recorded);
            },
        };
        long start = time.GetTimestamp();
        var playing = new List<Task<PlayedEnd>>();
        foreach (RecordedConnection recorded in connections)
        {
            TimeSpan after = options.Pace.Of(recorded.OpenedAt - connections[0].OpenedAt);
            await Alarm.UntilAsync(start + (long)(after.TotalSeconds * time.TimestampFrequency), time, stop);
            if (options.Pace != Pace.Fast) await earlier.WhenHeardAsync(recorded.OpenedAt, time, stop);
            playing.Add(PlayAsync(recorded, told, stop, time));
            // At once means one after the other: what one says may depend on what the one before has done.
            if (options.Pace == Pace.Fast) await playing[^1];
        }

        return await Task.WhenAll(playing);
    }
}
