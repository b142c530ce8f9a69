using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>What is certain about the path, when both of its ends are seen.</summary>
internal static class PathRules
{
    /// <summary>RSTs that arrived and never left.</summary>
    public static Finding? ForgedReset(PathEvidence path)
    {
        if (path.ForgedResets.Count == 0) return null;
        (Side seenAt, List<long> packets) = path.Proof(path.ForgedResets, arrivals: true);
        JoinedSegment forged = path.ForgedResets[0];
        byte timeToLive = path.Connection.Seen(forged).TimeToLive;
        var facts = new List<Fact>();
        foreach (JoinedSegment other in path.Connection.Segments)
        {
            if (other.From != forged.From || other.Fate != SegmentFate.Delivered) continue;
            byte usual = path.Connection.Arrived(other)!.Value.TimeToLive;
            if (usual != timeToLive) facts =
                [new Fact(FactName.TimeToLive, timeToLive), new Fact(FactName.UsualTimeToLive, usual)];
            break;
        }

        return new Finding(FindingId.MiddleboxReset, Party.Network, Severity.Error)
        { Confidence = Confidence.Certain, SeenAt = seenAt, Packets = packets, Sender = forged.From, Facts = facts };
    }

    /// <summary>SYNs that left and never arrived, or whose answers did.</summary>
    public static Finding? Filtered(PathEvidence path)
    {
        int syns = path.Left(Side.Client, TcpFlags.Syn), answers = path.Left(Side.Server, TcpFlags.Syn);
        if (syns == 0 || path.Arrived(Side.Server, TcpFlags.Syn | TcpFlags.Rst) > 0 || path.Unwatched > 0) return null;
        if (path.Connection.AtClient is not { State: ConnectionState.Unanswered } atClient) return null;
        bool arrive = path.Arrived(Side.Client, TcpFlags.Syn) > 0;
        List<JoinedSegment> proof = [.. path.Connection.Segments.Where(s => s.Left >= 0
            && (path.Connection.Seen(s).Flags & TcpFlags.Syn) != 0 && s.From == (arrive && answers > 0 ? Side.Server : Side.Client))];
        (Side seenAt, List<long> packets) = path.Proof(proof);
        return new Finding(FindingId.ConnectionFiltered, arrive && answers == 0 ? Party.Server : Party.Network, Severity.Error)
        {
            Confidence = Confidence.Certain,
            SeenAt = seenAt,
            Kind = !arrive ? FindingKind.Plain : answers > 0 ? FindingKind.ReturnPath : FindingKind.Host,
            Packets = packets,
            Sender = proof[0].From,
            Facts = [new Fact(FactName.Count, syns), new Fact(FactName.SumNs, atClient.LastAt - atClient.OpenedAt)],
        };
    }

    /// <summary>Segments that left and never arrived, although what came later did.</summary>
    public static Finding? Lost(PathEvidence path)
    {
        if (path.Lost.Count == 0) return null;
        (Side seenAt, List<long> packets) = path.Proof(path.Lost);
        int total = path.Connection.Segments.Count(s => s.Left >= 0);
        return new Finding(FindingId.PacketLoss, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            SeenAt = seenAt,
            Kind = path.Lost.Count > 1 ? FindingKind.Several : FindingKind.Single,
            Packets = packets,
            Sender = path.Lost.TrueForAll(s => s.From == path.Lost[0].From) ? path.Lost[0].From : null,
            Facts = [new Fact(FactName.Count, path.Lost.Count), new Fact(FactName.Total, total)],
        };
    }

    /// <summary>Segments that left once and arrived twice.</summary>
    public static Finding? Copied(PathEvidence path)
    {
        if (path.Copies.Count == 0) return null;
        (Side seenAt, List<long> packets) = path.Proof(path.Copies, arrivals: true);
        return new Finding(FindingId.Duplication, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            SeenAt = seenAt,
            Packets = packets,
            Facts = [new Fact(FactName.Count, path.Copies.Count), new Fact(FactName.Total, path.Connection.Segments.Count)],
        };
    }

    /// <summary>Segments that were held up while later ones passed.</summary>
    public static Finding? Overtaken(PathEvidence path)
    {
        if (path.Overtaken.Count == 0) return null;
        (Side seenAt, List<long> packets) = path.Proof(path.Overtaken, arrivals: true);
        long least = path.Overtaken[0].From == Side.Client ? path.Connection.ToServer?.MinNs ?? 0 : path.Connection.ToClient?.MinNs ?? 0;
        return new Finding(FindingId.Reordering, Party.Network, Severity.Warning)
        {
            Confidence = Confidence.Certain,
            SeenAt = seenAt,
            Packets = packets,
            Facts =
            [
                new Fact(FactName.Count, path.Overtaken.Count),
                new Fact(FactName.Total, path.Connection.Segments.Count),
                new Fact(FactName.LongestNs, path.Overtaken.Max(s => s.DelayNs ?? 0) - least),
            ],
        };
    }
}
