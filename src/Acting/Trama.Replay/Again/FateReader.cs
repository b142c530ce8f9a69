using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// Reads from a connection's segments what the path did to them: which transmission of which place was lost, held back or copied.
/// </summary>
internal static class FateReader
{
    private const long CopyNs = 500_000;
    private const int MaxHoles = 4096;

    /// <summary>The fates, by stream and place.</summary>
    public static List<SceneFate> Read(SeenConnection seen, PathGuess path)
    {
        List<SceneFate> fates = [];
        foreach (Side from in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
        {
            Read(seen, path, from, fates);
            fates.AddRange(UnseenBytes.Fates(seen, path, from));
        }

        return fates;
    }

    private static void Read(SeenConnection seen, PathGuess path, Side from, List<SceneFate> fates)
    {
        Dictionary<long, Sending> sent = [];
        long acknowledged = long.MinValue, newest = 0, lastHeardAt = 0;
        var before = default(Numbering);
        List<(long From, long To, long At)> holes = [];
        foreach (TracedSegment segment in seen.Segments)
        {
            long at = segment.At.Nanoseconds;
            if (segment.From != from)
            {
                lastHeardAt = at;
                if (segment.Acknowledgement is not { } number || (segment.Flags & TcpFlags.Rst) != 0) continue;
                if (segment.Sack is { } block && block.Left < number) Doubled(sent, block.Left - 1L, block.Right - 1L);
                if (number - 1L <= acknowledged) continue;
                acknowledged = number - 1L;
                foreach (Sending waiting in sent.Values.Where(waiting => waiting.AcknowledgedAt == 0 && waiting.Place < acknowledged))
                    waiting.AcknowledgedAt = at;
                continue;
            }

            int missing = before.Missing(segment);
            before = new Numbering(segment);
            if (Place(segment) is not { } place) continue;
            if ((segment.Marks & (SegmentMarks.ZeroWindowProbe | SegmentMarks.KeepAlive)) != 0) continue;
            long end = place + Math.Max(segment.Length, 1);
            if (!sent.TryGetValue(place, out Sending? known)) sent.Add(place, known = new Sending
            {
                Place = place,
                SentAt = at,
                Identification = segment.IpIdentification,
            });
            else if (segment.IpIdentification == known.Identification && known.Identification != 0 && known.Count == 1)
            {
                // The path made it: a kernel numbers what it sends again anew.
                known.CopyAfterNs = Math.Max(1, at - known.SentAt);
                continue;
            }

            known.Count++;
            bool isLate = place >= 0 && end <= newest && known.Count == 1
                && (segment.Marks & (SegmentMarks.OutOfOrder | SegmentMarks.Retransmission)) != 0;
            if (known.Count == 1 && end > newest && missing > 0) known.LostBefore = missing;
            else if (isLate)
            {
                // Sooner than the sender can have heard of a loss, it was only overtaken.
                long late = at - holes.FindLast(hole => hole.From <= place && place < hole.To).At;
                if (late < Math.Max(path.RoundTripNs * 9 / 10, 1)) known.HoldNs = Math.Max(late, 1);
                else known.LostBefore = 1;
            }

            if (end <= newest) continue;
            if (place > newest && holes.Count < MaxHoles) holes.Add((newest, place, at));
            newest = end;
        }

        foreach (Sending sending in sent.Values.OrderBy(sending => sending.Place))
        {
            if (FateOf(sending, seen, path, from, acknowledged, lastHeardAt) is { } fate) fates.Add(fate);
        }
    }

    private static SceneFate? FateOf(Sending sending, SeenConnection seen, PathGuess path, Side from, long acknowledged, long lastHeardAt)
    {
        bool isSyn = sending.Place == SceneFate.Syn;
        bool arrived = sending.Place < acknowledged || isSyn && acknowledged >= 0;
        int lost = sending.LostBefore + sending.Count - 1;
        long hold = sending.HoldNs, copy = sending.CopyAfterNs;
        if (sending.IsDoubled && sending.LostBefore == 0)
        {
            // The receiver had it twice: it was late, or the path made a copy, and nothing was lost.
            if (sending.Count == 1 && copy == 0) copy = CopyNs;
            else if (sending.Count > 1) hold = Math.Max(sending.AcknowledgedAt - sending.SentAt - path.RoundTripNs, 1);
            lost = 0;
        }

        // What was sent once, at the end, and not acknowledged, may just not have been waited for.
        if (!arrived && (sending.Count > 1 || isSyn && !Answered(seen))) lost = SceneFate.All;
        if (lost == 0 && hold == 0 && copy == 0) return null;
        return new SceneFate(from == Side.Client, sending.Place, lost, hold)
        {
            CopyAfterNs = copy,
            EndsPath = lost == SceneFate.All && !isSyn && lastHeardAt <= sending.SentAt + path.RoundTripNs,
        };
    }

    // A block below the acknowledgement reports what came twice (RFC 2883).
    private static void Doubled(Dictionary<long, Sending> sent, long left, long right)
    {
        foreach (Sending sending in sent.Values.Where(sending => sending.Place >= left && sending.Place < right)) sending.IsDoubled = true;
    }

    private static bool Answered(SeenConnection seen) => seen.Segments.Any(segment => segment.From == Side.Server);

    private static long? Place(in TracedSegment segment)
    {
        if ((segment.Flags & TcpFlags.Syn) != 0) return SceneFate.Syn;
        bool isFin = (segment.Flags & TcpFlags.Fin) != 0;
        return segment.Length > 0 || isFin ? (int)segment.Sequence - 1 : null;
    }

    private sealed class Sending
    {
        public required long Place { get; init; }

        public required long SentAt { get; init; }

        public required int Identification { get; init; }

        public long AcknowledgedAt { get; set; }

        public int Count { get; set; }

        public int LostBefore { get; set; }

        public long HoldNs { get; set; }

        public long CopyAfterNs { get; set; }

        public bool IsDoubled { get; set; }
    }
}
