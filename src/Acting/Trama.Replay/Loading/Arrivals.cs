using Trama.Replay.Recording;

namespace Trama.Replay.Loading;

/// <summary>
/// When clients arrive, as often as the recorded ones or so many times: the recorded times between them are divided, so that busy moments
/// stay busy, and each recorded connection is opened as many times as any other.
/// </summary>
internal static class Arrivals
{
    // A recording of a moment is not played over and over within it.
    private const long ShortestRound = 1_000_000;

    /// <summary>The arrivals in order: whose, and how many nanoseconds after the beginning.</summary>
    /// <param name="connections">The recorded connections.</param>
    /// <param name="rate">How many arrive in the place of one.</param>
    /// <param name="durationNs">How long they arrive, the recording over and over; null for the recording once.</param>
    public static IEnumerable<(RecordedConnection Recorded, long AtNs)> Of(
        IReadOnlyList<RecordedConnection> connections, double rate, long? durationNs)
    {
        RecordedConnection[] recorded = [.. connections.OrderBy(connection => connection.OpenedAt)];
        long[] at = [.. recorded.Select(connection => connection.OpenedAt - recorded[0].OpenedAt)];
        long round = Math.Max(ShortestRound, recorded.Select((connection, index) => at[index] + connection.LastNs).Max());
        for (long number = 0; ; number++)
        {
            double position = number / rate;
            (long rounds, long index) = Math.DivRem((long)position, recorded.Length);
            long next = index + 1 < recorded.Length ? at[index + 1] : round;
            long due = (rounds * round) + at[index] + (long)((position - Math.Floor(position)) * (next - at[index]));
            if (durationNs is { } duration ? due >= duration : rounds > 0) yield break;
            yield return (recorded[index], due);
        }
    }
}
