using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Finds the losses of a chapter: retransmissions that were needed.</summary>
internal static class Losses
{
    public static List<Loss> Read(ConnectionEvidence evidence)
    {
        var losses = new List<Loss>();
        foreach (StreamEvidence stream in evidence.Streams)
        {
            for (int place = 0; place < stream.Sent.Length; place++)
            {
                Transmission sent = stream.Sent[place];
                if (sent.As is not (SentAs.Again or SentAs.Refilled) || stream.Needless.Contains(place)) continue;
                // A lost SYN is told by the rules of opening.
                if ((evidence.Segments[sent.Index].Flags & TcpFlags.Syn) != 0) continue;
                bool upstream = sent.As == SentAs.Refilled;
                int before = upstream ? PreviousIndex(evidence, stream, place)
                    : stream.Sent[sent.Original < 0 ? place : sent.Original].Index;
                long delayNs = evidence.Segments[sent.Index].At - evidence.Segments[before].At;
                bool isUnprompted = !upstream && delayNs < Thresholds.SoonestResendNs
                    && !evidence.HasBetween(1 - stream.From, before, sent.Index);
                LossTrigger trigger = Trigger(evidence, stream, sent, before, delayNs);
                if (!isUnprompted && !WasTooLarge(evidence, stream, sent) && IsProven(evidence, stream, sent, trigger))
                    losses.Add(new Loss(stream.From, place, upstream, trigger, delayNs));
            }
        }

        TailLosses.Read(evidence, losses);
        return losses;
    }

    // What a router called too large, and comes again in smaller pieces, shows how the path's size is found out (RFC 1191).
    private static bool WasTooLarge(ConnectionEvidence evidence, StreamEvidence stream, in Transmission sent)
    {
        if (sent.Original < 0) return false;
        ref readonly TracedSegment first = ref evidence.Segments[stream.Sent[sent.Original].Index];
        ref readonly TracedSegment again = ref evidence.Segments[sent.Index];
        if (again.Length >= first.Length && again.Sequence == first.Sequence) return false;
        foreach ((long packet, QuotedSegment error) in evidence.Errors)
            if (packet > first.Packet && packet < again.Packet && PathSize.IsTooSmall(error, first)
                && (error.Source == evidence.Connection.Client) == (stream.From == Side.Client)) return true;
        return false;
    }

    // What its sender sent last before it, an acknowledgement too: that stood after what was missing.
    private static int PreviousIndex(ConnectionEvidence evidence, StreamEvidence stream, int place)
    {
        int last = stream.Sent[place].Index - 1, previous = stream.Sent[Math.Max(0, place - 1)].Index;
        while (last > previous && evidence.Segments[last].From != stream.From) last--;
        return Math.Max(last, previous);
    }

    // A timer may run out though all arrived: until the capture ends, the acknowledgement, or a report that it came twice, may be on
    // its way.
    private static bool IsProven(ConnectionEvidence evidence, StreamEvidence stream, in Transmission sent, LossTrigger trigger)
    {
        // What the capture begins with, sent again, may be refused again.
        if (sent.As == SentAs.Refilled) return stream.Sent[0].Index != sent.Index || stream.Acknowledged >= sent.End;
        if (trigger == LossTrigger.Acknowledgements) return true;
        if (trigger == LossTrigger.TailProbe && evidence.HasCutOptions) return false;
        return !evidence.IsLast || stream.Acknowledged >= sent.End;
    }

    private static LossTrigger Trigger(ConnectionEvidence evidence, StreamEvidence stream, in Transmission sent, int before, long delayNs)
    {
        if (delayNs >= Thresholds.TimerNs) return LossTrigger.Timeout;
        // Something after it was sent and reported as arrived: the sender learned of the loss from that.
        bool isReported = sent.End < stream.Next
            && (sent.As == SentAs.Refilled || evidence.HasBetween(1 - stream.From, before, sent.Index));
        return isReported ? LossTrigger.Acknowledgements : LossTrigger.TailProbe;
    }
}
