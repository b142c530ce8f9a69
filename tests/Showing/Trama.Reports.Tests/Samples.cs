using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Reports.Tests;

/// <summary>Connections that reports are tried on.</summary>
internal static class Samples
{
    /// <summary>A message in several segments with a retransmission, a pause, an unseen segment, a hostile text and a reset.</summary>
    public static Connection Troubled(long id = 1)
    {
        var traced = new TracedConnection("[2001:db8:1234:5678:9abc:def0:1234:5678]:49152",
            "[2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:8080", id);
        traced.Handshake(20_000_000, 200_000);
        Message request = traced.Says(Side.Client, new string('x', 4000), 100_000, segments: 3, kind: "POST /upload");
        traced.Segment(Side.Server, TcpFlags.Ack, 20_000_000, marks: SegmentMarks.DuplicateAck);
        traced.Segment(Side.Client, TcpFlags.Ack | TcpFlags.Psh, 320_000_000, 1334, SegmentMarks.Retransmission, sequence: 1334);
        traced.Segment(Side.Server, TcpFlags.Ack, 20_000_000, marks: SegmentMarks.ZeroWindow);
        Message reply = traced.Says(Side.Server, "HTTP/1.1 200 OK\r\n\r\n\u001b[2Jgone", 2_500_000_000, kind: null);
        traced.Exchange(request, reply, serverNs: 2_480_000_000, networkNs: 20_000_000);
        traced.Segment(Side.Client, TcpFlags.Ack, 100_000, marks: SegmentMarks.AckOfUnseen);
        traced.Segment(Side.Server, TcpFlags.Ack, 300_000, 500, SegmentMarks.Gap);
        traced.Segment(Side.Client, TcpFlags.Rst | TcpFlags.Ack, 100_000);
        traced.Connection.OmittedSegments = 3;
        (traced.Connection.State, traced.Connection.ClosedBy) = (ConnectionState.Reset, Side.Client);
        return traced.Connection;
    }

    /// <summary>The lesson, a refused connection, and one whose request is no text and has no reply.</summary>
    public static Connection[] Several()
    {
        var refused = new TracedConnection("[::1]:50000", "[::1]:81", id: 2);
        refused.Segment(Side.Client, TcpFlags.Syn, 0);
        refused.Segment(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 30_000);
        refused.Connection.State = ConnectionState.Refused;
        var binary = new TracedConnection("10.0.0.1:40000", "10.0.0.2:9", id: 3);
        binary.Handshake(1_000_000, 10_000);
        binary.Exchange(binary.Says(Side.Client, [0x1b, 0x5b, 0x32, 0x4a, 0, 0xff], 5_000), null);
        return [TracedConnection.Lesson(), refused.Connection, binary.Connection];
    }
}
