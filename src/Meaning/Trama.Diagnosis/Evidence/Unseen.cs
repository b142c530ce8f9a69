using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What passed and the capture does not have, as other segments prove.</summary>
internal static class Unseen
{
    // Fewer segments with data say nothing of a filter.
    private const int FewSegments = 6, FewOfEach = 2;

    /// <summary>An acknowledgement waits for half a second at most (RFC 1122 section 4.2.3.2), and the network takes its time.</summary>
    private const long LatestAcknowledgementNs = 600 * Thresholds.Millisecond;

    /// <summary>…and comes at least with every second full-size segment: so many in a row make a receiver say something.</summary>
    private const int SegmentsInRow = 4;

    /// <summary>
    /// Whether the server said something behind a request: what it sent next begins beyond what the client had when it asked, and beyond
    /// what the capture shows.
    /// </summary>
    public static bool HasReply(ConnectionEvidence evidence, Turn request)
    {
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        if (segments[request.Last].Acknowledgement is not { } reached) return false;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref segments[i];
            if (segment.From != Side.Server || (segment.Flags & TcpFlags.Rst) != 0) continue;
            if (i > request.Last && (int)(segment.Sequence - reached) > 0) return true;
            uint end = segment.Sequence + (uint)segment.Length + ((segment.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1u : 0);
            if ((int)(end - reached) > 0) reached = end;
        }

        return false;
    }

    /// <summary>What <see cref="ConnectionEvidence.IsFiltered"/> tells.</summary>
    public static bool AreAcknowledgements(ConnectionEvidence evidence)
    {
        Span<int> data = [0, 0];
        int row = 0, longestRow = 0, before = -1;
        long latestNs = 0;
        ReadOnlySpan<TracedSegment> segments = evidence.Segments;
        for (int i = 0; i < segments.Length; i++)
        {
            ref readonly TracedSegment segment = ref segments[i];
            if (segment.Length == 0 && (segment.Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == 0) return false;
            if (segment.Length == 0) continue;
            data[(int)segment.From]++;
            bool isSame = before >= 0 && segments[before].From == segment.From;
            row = segment.Length < Thresholds.FullSizeBytes ? 0 : isSame ? row + 1 : 1;
            longestRow = Math.Max(longestRow, row);
            if (!isSame && before >= 0 && (segment.Marks & SegmentMarks.Retransmission) == 0)
                latestNs = Math.Max(latestNs, segment.At - segments[before].At);
            before = i;
        }

        if (data[0] + data[1] < FewSegments || Math.Min(data[0], data[1]) < FewOfEach) return false;
        // The third segment of a handshake acknowledges the second.
        bool hasHandshake = evidence.IsFirst && evidence.Connection is { ToServer.Syn: true, ToClient.Syn: true };
        return hasHandshake || longestRow >= SegmentsInRow || latestNs >= LatestAcknowledgementNs;
    }
}
