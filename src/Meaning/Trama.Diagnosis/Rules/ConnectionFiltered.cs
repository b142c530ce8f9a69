using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>SYNs without any answer, or SYN-ACKs that never arrive.</summary>
internal static class ConnectionFiltered
{
    /// <summary>
    /// Systems repeat a SYN after a second at least (RFC 6298 section 2.1), a little early; after a refusal, Windows tries again in half of
    /// that.
    /// </summary>
    private const long ShortestWaitNs = 900 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.ConnectionFiltered)
    {
        Judge = Judge,
        Excludes = [new(FindingId.ConnectionRefused, Exclusion.NoAnswerCame),
            new(FindingId.ConnectionRejectedByIcmp, Exclusion.NoErrorCame)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        int attempts = evidence.Attempts(Side.Client), answers = evidence.CountOf(Side.Server, TcpFlags.Syn);
        if (attempts < 2 || evidence.WasRefused || evidence.Errors.Count > 0) return null;
        if (evidence.ToClient.Acknowledged is not null || evidence.CountOf(Side.Client, TcpFlags.Rst) > 0) return null;
        // Nobody waits so shortly for an answer: whoever tried again was told something that the capture does not have. A program that
        // itself says that none came is believed.
        bool wasTold = answers == 0 && !evidence.Connection.IsSynthetic && SecondAfterNs(evidence) < ShortestWaitNs;
        // At the server's host itself, nothing on the path took the answer away.
        bool isAtServer = evidence.Vantage.HopsFromClient > 0;
        return new Finding(FindingId.ConnectionFiltered, answers == 0 && isAtServer ? Party.Server : Party.Network,
            wasTold ? Severity.Info : Severity.Error)
        {
            Confidence = wasTold ? Confidence.Possible : Confidence.Likely,
            Kind = answers > 0 ? FindingKind.ReturnPath : isAtServer ? FindingKind.Host : FindingKind.Plain,
            Packets = evidence.PacketsWith(TcpFlags.Syn),
            Sender = answers > 0 ? Side.Server : Side.Client,
            Facts = [new Fact(FactName.Count, attempts), new Fact(FactName.SumNs, evidence.Segments[^1].At - evidence.Segments[0].At)],
        };
    }

    // From the first SYN to the second.
    private static long SecondAfterNs(ConnectionEvidence evidence)
    {
        int first = evidence.FirstWith(Side.Client, TcpFlags.Syn);
        for (int i = first + 1; i < evidence.Segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref evidence.Segments[i];
            long afterNs = segment.At - evidence.Segments[first].At;
            if (segment.From == Side.Client && (segment.Flags & TcpFlags.Syn) != 0 && afterNs >= Thresholds.RetryNs) return afterNs;
        }

        return long.MaxValue;
    }
}
