using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Testing;

/// <summary>How often a client waited for its server.</summary>
internal static class RoundTrips
{
    /// <summary>
    /// How often the server answered what the client had said: the handshake is one, and each turn of the conversation. Requests that go
    /// out together and their replies are one; what was sent again does not count.
    /// </summary>
    public static int Of(Connection connection)
    {
        int count = 0;
        Side? last = null;
        foreach (TracedSegment segment in connection.Segments)
        {
            bool says = segment.Length > 0 || (segment.Flags & TcpFlags.Syn) != 0;
            if (!says || (segment.Marks & (SegmentMarks.Retransmission | SegmentMarks.Copy | SegmentMarks.KeepAlive)) != 0) continue;
            if (segment.From == Side.Server && last == Side.Client) count++;
            last = segment.From;
        }

        return count;
    }
}
