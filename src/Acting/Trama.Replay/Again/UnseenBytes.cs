using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// Bytes of one side that were sent and never came, so far as the capture goes: what came later shows a hole before it, or the side's
/// numbers say that it had sent more; and the other side never acknowledged them.
/// </summary>
internal static class UnseenBytes
{
    // What is missing for less than a timer takes, since the side was heard last before its numbers told of it, may just be late.
    private const long LateNs = 200_000_000;

    /// <summary>Their places, from and to, in order.</summary>
    public static List<(long From, long To)> Read(SeenConnection seen, PathGuess path, Side from)
    {
        List<(long From, long To)> came = [];
        long acknowledged = 0, announced = 0, heardAt = 0, lastAt = 0, window = 0;
        foreach (TracedSegment segment in seen.Segments)
        {
            if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Rst)) != 0) continue;
            if (segment.From != from)
            {
                window = Math.Max(window, segment.Window);
                if (segment.Acknowledgement is { } number) acknowledged = Math.Max(acknowledged, number - 1L);
                continue;
            }

            long place = (int)segment.Sequence - 1L;
            if (segment.Length > 0) came.Add((place, place + segment.Length));
            if (place + segment.Length > announced) (announced, lastAt) = (place + segment.Length, heardAt);
            heardAt = segment.At.Nanoseconds;
        }

        // Numbers that no window allowed are of another connection, or wrong.
        if (announced > acknowledged + window) return [];
        if (seen.Segments[^1].At.Nanoseconds - lastAt < LateNs + path.RoundTripNs) return [];
        List<(long From, long To)> unseen = [];
        long next = acknowledged;
        foreach ((long start, long end) in came.Order())
        {
            if (start > next) unseen.Add((next, start));
            next = Math.Max(next, end);
        }

        if (announced > next) unseen.Add((next, announced));
        return unseen;
    }

    /// <summary>What became of them: whatever carries one is lost.</summary>
    public static IEnumerable<SceneFate> Fates(SeenConnection seen, PathGuess path, Side from) => Read(seen, path, from)
        .Select(unseen => new SceneFate(from == Side.Client, unseen.From, SceneFate.All) { Places = unseen.To - unseen.From });
}
