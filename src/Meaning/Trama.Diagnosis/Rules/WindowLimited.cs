using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A sender that fills the receiver's window and waits a round trip for the next: the rate is the window over the round trip
/// (RFC 7323 section 1.1).
/// </summary>
internal static class WindowLimited
{
    /// <summary>So many flights in a row, each up to the window's edge, are no accident.</summary>
    private const int LimitedFlights = 4;

    public static Rule Rule { get; } = new(FindingId.WindowLimited)
    {
        Judge = Judge,
        Explains = [FindingId.SlowNetwork, FindingId.SenderLimited],
        BestSeen = Beside.Party,
        Excludes = [new(FindingId.RateLimited, Exclusion.StopsAtTheWindow), new(FindingId.SenderLimited, Exclusion.StopsAtTheWindow)],
    };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        // Without the options of both SYNs the scale of the windows is unknown.
        if (evidence.RttNs < Thresholds.LimitedRoundTripNs || !evidence.Connection.ToServer.WindowsAreKnown
            || !evidence.Connection.ToClient.WindowsAreKnown) return null;
        int flights = 0, limited = 0, edge = 0, largest = 0;
        long stalledNs = 0, window = 0;
        var packets = new List<long>();
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        ReadOnlySpan<Transmission> sent = stream.Sent;
        long granted = 0, lastWindow = 0, knownAfterNs = evidence.Vantage.LegTo(stream.From);
        long acknowledged = 0;
        for (int place = 0; place + 1 < sent.Length; place++)
        {
            TracedSegment last = segments[sent[place].Index], next = segments[sent[place + 1].Index];
            if (last.Length == 0 || next.Length == 0) continue;
            largest = Math.Max(largest, last.Length);
            // What the sender could know of the window when it sent the last segment of its flight.
            for (; edge < segments.Length && segments[edge].At.Nanoseconds + knownAfterNs <= last.At.Nanoseconds; edge++)
            {
                ref readonly TracedSegment said = ref segments[edge];
                if (said.From == stream.From || said.Acknowledgement is not { } acknowledgement
                    || (said.Flags & TcpFlags.Rst) != 0) continue;
                acknowledged += (int)(acknowledgement - (uint)acknowledged);
                lastWindow = said.Window;
                granted = Math.Max(granted, acknowledged + said.Window);
            }

            if (next.At - last.At < evidence.RttNs / 2) continue;
            flights++;
            if (granted == 0 || granted - sent[place].End >= largest) continue;
            limited++;
            stalledNs += next.At - last.At;
            window = Math.Max(window, lastWindow);
            packets.AddRange([last.Packet, next.Packet]);
        }

        if (limited < LimitedFlights || limited * 2 < flights) return null;
        Party party = stream.From == Side.Client ? Party.Server : Party.Client;
        return new Finding(FindingId.WindowLimited, party, Severity.Warning)
        {
            Packets = packets,
            Sender = 1 - stream.From,
            Facts =
            [
                new Fact(FactName.Count, limited),
                new Fact(FactName.Total, flights),
                new Fact(FactName.WindowBytes, window),
                new Fact(FactName.RttNs, evidence.RttNs),
                new Fact(FactName.Rate, window * 1_000_000_000 / evidence.RttNs),
                new Fact(FactName.SumNs, stalledNs),
            ],
        };
    }
}
