using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>What two captures show of the path between them, for one connection.</summary>
internal sealed class PathEvidence
{
    public PathEvidence(JoinedConnection connection)
    {
        Connection = connection;
        foreach (JoinedSegment segment in connection.Segments)
        {
            if (segment.Overtaken && Matters(segment)) Overtaken.Add(segment);
            switch (segment.Fate)
            {
                case SegmentFate.Lost when Matters(segment):
                    Lost.Add(segment);
                    break;
                case SegmentFate.Lost:
                    LostAcknowledgements++;
                    break;
                case SegmentFate.Duplicated:
                    Copies.Add(segment);
                    break;
                case SegmentFate.Forged when (connection.Seen(segment).Flags & TcpFlags.Rst) != 0:
                    ForgedResets.Add(segment);
                    break;
                case SegmentFate.Unwatched:
                    Unwatched++;
                    break;
            }
        }
    }

    public JoinedConnection Connection { get; }

    /// <summary>Whether one of the captures has nothing of what its host received: then nobody knows what arrived.</summary>
    public bool IsOneSided => Connection.AtClient is { ToServer.PayloadBytes: > 0, ToClient.Packets: 0 }
        || Connection.AtServer is { ToClient.Packets: > 0, ToServer.Packets: 0 };

    /// <summary>Data, SYNs, FINs and probes that left and never arrived.</summary>
    public List<JoinedSegment> Lost { get; } = [];

    /// <summary>Acknowledgements that never arrived; the next one says what they said.</summary>
    public int LostAcknowledgements { get; private set; }

    /// <summary>Arrivals of what had arrived already, although it left once.</summary>
    public List<JoinedSegment> Copies { get; } = [];

    /// <summary>Segments that later ones overtook.</summary>
    public List<JoinedSegment> Overtaken { get; } = [];

    /// <summary>RSTs that nobody sent.</summary>
    public List<JoinedSegment> ForgedResets { get; } = [];

    /// <summary>Segments of which one of the captures can say nothing.</summary>
    public int Unwatched { get; private set; }

    /// <summary>Whether both captures show the connection.</summary>
    public bool IsSeenTwice => Connection is { AtClient: not null, AtServer: not null };

    /// <summary>How many segments left a side with any of some flags.</summary>
    public int Left(Side from, TcpFlags any) => Count(from, any, segment => segment.Left >= 0);

    /// <summary>How many of those arrived.</summary>
    public int Arrived(Side from, TcpFlags any) => Count(from, any, segment => segment.Left >= 0 && segment.Arrived >= 0);

    /// <summary>Whether a side, or its host, sent anything after a moment, by the capture beside it.</summary>
    public bool IsAlive(Side side, Timestamp after)
    {
        Timestamp? end = side == Side.Client ? Connection.ClientCaptureEndsAt : Connection.ServerCaptureEndsAt;
        return end > after;
    }

    /// <summary>The packets of segments in the capture beside the side that sees most of them, and which side that is.</summary>
    public (Side SeenAt, List<long> Packets) Proof(IReadOnlyList<JoinedSegment> segments, bool arrivals = false)
    {
        Side seenAt = arrivals ? segments[0].From.Other() : segments[0].From;
        var packets = new List<long>();
        foreach (JoinedSegment segment in segments)
        {
            Side at = arrivals ? segment.From.Other() : segment.From;
            if (at == seenAt && packets.Count < Thresholds.ProvingPackets)
                packets.Add((arrivals ? Connection.Arrived(segment) : Connection.Left(segment))!.Value.Packet);
        }

        packets.Sort();
        return (seenAt, packets);
    }

    private int Count(Side from, TcpFlags any, Func<JoinedSegment, bool> counts)
    {
        int count = 0;
        foreach (JoinedSegment segment in Connection.Segments)
            if (segment.From == from && (Connection.Seen(segment).Flags & any) != 0 && counts(segment)) count++;
        return count;
    }

    // A lost acknowledgement costs nothing as a rule.
    private bool Matters(in JoinedSegment segment)
    {
        TracedSegment seen = Connection.Seen(segment);
        return seen.Length > 0 || (seen.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 || (seen.Marks & SegmentMarks.KeepAlive) != 0;
    }
}
