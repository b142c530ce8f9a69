using Trama.Diagnosis.Evidence;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>Packets that the network delivered twice.</summary>
internal static class Duplication
{
    /// <summary>One copy may be the capture's own; two are the network's.</summary>
    private const int Copies = 2;

    public static Rule Rule { get; } = new(FindingId.Duplication)
    {
        Judge = Judge,
        Explains = [FindingId.Reordering, FindingId.SpuriousRetransmission],
        Excludes = [new(FindingId.PacketLoss, Exclusion.SamePacket), new(FindingId.SpuriousRetransmission, Exclusion.SamePacket)],
    };

    private static Finding? Judge(ConnectionEvidence evidence)
    {
        var packets = new List<long>();
        int copies = 0, beyond = 0;
        foreach (StreamEvidence stream in evidence.Streams)
        {
            foreach (ref readonly Transmission sent in stream.Sent)
            {
                if (sent.As != SentAs.Copy || IsHeadersOnly(evidence, stream, sent)) continue;
                copies++;
                packets.Add(evidence.PacketOf(sent.Index));
            }

            beyond += stream.CopiesBeyond.Count;
            foreach (int index in stream.CopiesBeyond) packets.Add(evidence.PacketOf(index));
        }

        if (copies + beyond < Copies) return null;
        packets.Sort();
        // Where the receiver of so many never says that they came twice, and opening was copied too, the capture has them twice.
        bool isCaptures = beyond == 0 && !evidence.Streams.Any(stream => stream.HasRepeats) && HasCopiedSyn(evidence);
        return new Finding(FindingId.Duplication, isCaptures ? Party.Unknown : Party.Network, isCaptures ? Severity.Info : Severity.Warning)
        {
            Kind = copies == 0 ? FindingKind.Indirect : FindingKind.Plain,
            Packets = packets,
            Facts = [new Fact(FactName.Count, copies + beyond),
                new Fact(FactName.Total, evidence.ToServer.Sent.Length + evidence.ToClient.Sent.Length)],
        };
    }

    // A copy without the payload that the first one had is a device's note of it, and no packet on the path.
    private static bool IsHeadersOnly(ConnectionEvidence evidence, StreamEvidence stream, in Transmission copy) =>
        copy.Original >= 0 && (evidence.Segments[copy.Index].Marks & SegmentMarks.Cut) != 0
        && (evidence.Segments[stream.Sent[copy.Original].Index].Marks & SegmentMarks.Cut) == 0;

    private static bool HasCopiedSyn(ConnectionEvidence evidence)
    {
        foreach (StreamEvidence stream in evidence.Streams)
        {
            foreach (ref readonly Transmission sent in stream.Sent)
                if (sent.As == SentAs.Copy && (evidence.Segments[sent.Index].Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0) return true;
        }

        return false;
    }
}
