using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A sender whose flights neither grow nor reach the edge of the window, though nothing is lost: its own buffer, or its
/// program, is the limit (RFC 9293 section 3.9.1, SEND).
/// </summary>
internal static class SenderLimited
{
    /// <summary>
    /// So many flights of one size in a row are a limit; slow start doubles them, congestion avoidance lets them grow…
    /// </summary>
    private const int SteadyFlights = 6;

    /// <summary>…by more than this.</summary>
    private const double SteadyWithin = 0.05;

    public static Rule Rule { get; } = new(FindingId.SenderLimited)
    {
        Judge = Judge,
        Excludes = [new(FindingId.WindowLimited, Exclusion.WindowWasNotFull), new(FindingId.PacketLoss, Exclusion.NothingWasRepeated)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (evidence.Losses.Count > 0) return null;
        List<Flight> flights = Flight.Read(evidence, stream);
        int first = 0;
        for (int i = 1; i <= flights.Count; i++)
        {
            if (i < flights.Count && IsLike(flights[first], flights[i])
                && !HasSpoken(evidence, stream, flights[i - 1], flights[i])) continue;
            if (i - first >= SteadyFlights && Find(evidence, stream, flights[first..i]) is { } finding) return finding;
            first = i;
        }

        return null;
    }

    private static bool IsLike(in Flight one, in Flight other) => Math.Abs(one.Bytes - other.Bytes) <= one.Bytes * SteadyWithin;

    // The other side's payload would make them turns of a dialogue.
    private static bool HasSpoken(ConnectionEvidence evidence, StreamEvidence stream, in Flight one, in Flight next)
    {
        foreach (TracedSegment segment in evidence.Segments[stream.Sent[one.Last].Index..stream.Sent[next.First].Index])
            if (segment.From != stream.From && segment.Length > 0) return true;
        return false;
    }

    private static Finding? Find(ConnectionEvidence evidence, StreamEvidence stream, List<Flight> flights)
    {
        long bytes = flights.Max(flight => flight.Bytes), window = long.MaxValue;
        foreach (TracedSegment segment in evidence.Segments[stream.Sent[flights[0].First].Index..stream.Sent[flights[^1].Last].Index])
            if (segment.From != stream.From && (segment.Flags & TcpFlags.Ack) != 0) window = Math.Min(window, segment.Window);
        if (bytes * flights.Count < Thresholds.BulkBytes || window == long.MaxValue || window < bytes * 2) return null;
        return new Finding(FindingId.SenderLimited, stream.From == Side.Client ? Party.Client : Party.Server, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = [.. flights.Select(flight => evidence.PacketOf(stream.Sent[flight.First].Index))],
            Sender = stream.From,
            Facts =
            [
                new Fact(FactName.Count, flights.Count),
                new Fact(FactName.Bytes, bytes),
                new Fact(FactName.RttNs, evidence.RttNs),
                new Fact(FactName.Rate, bytes * 1_000_000_000 / evidence.RttNs),
            ],
        };
    }
}
