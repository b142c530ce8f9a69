using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// After a pause longer than its retransmission timer a sender begins anew with its initial window (RFC 5681 section 4.1): a
/// transfer that had taken one flight takes several again.
/// </summary>
internal static class SlowStartAfterIdle
{
    /// <summary>With so many segments a connection begins, and begins anew (RFC 6928).</summary>
    private const int InitialWindowSegments = 10;

    public static Rule Rule { get; } = new(FindingId.SlowStartAfterIdle) { Judge = Judge };

    private static Finding? Judge(ConnectionEvidence evidence) => Judge(evidence, evidence.ToServer) ?? Judge(evidence, evidence.ToClient);

    private static Finding? Judge(ConnectionEvidence evidence, StreamEvidence stream)
    {
        if (evidence.Losses.Count > 0) return null;
        List<Flight> flights = Flight.Read(evidence, stream);
        long initial = (long)InitialWindowSegments * evidence.FullSize, largest = 0;
        for (int i = 0; i + 1 < flights.Count; i++)
        {
            bool rested = i > 0 && flights[i].FirstAt - flights[i - 1].LastAt > Thresholds.TimerFloorNs + evidence.RttNs;
            bool grows = flights[i].Bytes >= initial / 2 && flights[i + 1].Bytes > flights[i].Bytes
                && flights[i + 1].FirstAt - flights[i].FirstAt < evidence.RttNs * 2;
            if (rested && grows && flights[i].Bytes <= initial && largest >= flights[i].Bytes * 2)
            {
                return new Finding(FindingId.SlowStartAfterIdle, stream.From == Side.Client ? Party.Client : Party.Server, Severity.Info)
                {
                    Confidence = Confidence.Certain,
                    Packets = [evidence.PacketOf(stream.Sent[flights[i].First].Index),
                        evidence.PacketOf(stream.Sent[flights[i + 1].First].Index)],
                    Sender = stream.From,
                    Facts = [new Fact(FactName.LongestNs, flights[i + 1].FirstAt - flights[i].FirstAt),
                        new Fact(FactName.Bytes, flights[i].Bytes)],
                };
            }

            largest = Math.Max(largest, flights[i].Bytes);
        }

        return null;
    }
}
