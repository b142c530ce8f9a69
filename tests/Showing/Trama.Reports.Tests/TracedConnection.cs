using System.Text;
using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Tracking;

namespace Trama.Reports.Tests;

/// <summary>Builds a traced connection by hand: segments one after another, messages over them.</summary>
internal sealed class TracedConnection
{
    private readonly Dictionary<Side, uint> _sent = new() { [Side.Client] = 0, [Side.Server] = 0 };
    private long _now = 1_700_000_000_000_000_000;
    private long _packet;

    public TracedConnection(string client = "127.0.0.1:38438", string server = "127.0.0.1:5000", long id = 1, int exchanges = 1000)
    {
        Connection = new Connection(id, Endpoint(client), Endpoint(server), new Timestamp(_now),
            new TracingOptions { KeepExchanges = true, KeptExchanges = exchanges, KeptSegments = 1000 })
        {
            State = ConnectionState.Open,
            Framing = "turns",
        };
    }

    public Connection Connection { get; }

    /// <summary>The lesson's exchange: handshake, one message each way, the server closes first.</summary>
    public static Connection Lesson()
    {
        var lesson = new TracedConnection();
        lesson.Handshake(61_000, 39_000);
        Message request = lesson.Says(Side.Client, "Olá, servidor!", 61_000);
        lesson.Segment(Side.Server, TcpFlags.Ack, 9_000);
        Message reply = lesson.Says(Side.Server, "Mensagem recebida com sucesso!", 169_000);
        lesson.Segment(Side.Client, TcpFlags.Ack, 7_000);
        lesson.Exchange(request, reply, serverNs: 178_000);
        lesson.Segment(Side.Server, TcpFlags.Fin | TcpFlags.Ack, 22_000);
        lesson.Segment(Side.Client, TcpFlags.Fin | TcpFlags.Ack, 66_000);
        lesson.Segment(Side.Server, TcpFlags.Ack, 5_000);
        Connection connection = lesson.Connection;
        (connection.State, connection.ClosedBy, connection.ClosedAt) = (ConnectionState.Closed, Side.Server, connection.LastAt);
        return connection;
    }

    /// <summary>The packets before the next one are others'.</summary>
    public void SkipPackets(long count) => _packet += count;

    public void Handshake(long synAckAfter, long ackAfter)
    {
        Segment(Side.Client, TcpFlags.Syn, 0);
        Segment(Side.Server, TcpFlags.Syn | TcpFlags.Ack, synAckAfter);
        Segment(Side.Client, TcpFlags.Ack, ackAfter);
        Connection.HandshakeNs = synAckAfter + ackAfter;
    }

    public void Segment(Side from, TcpFlags flags, long after, int length = 0, SegmentMarks marks = SegmentMarks.None,
        uint? sequence = null, long? rttNs = null)
    {
        _now += after;
        Side to = from == Side.Client ? Side.Server : Side.Client;
        uint? acknowledged = (flags & TcpFlags.Ack) != 0 ? _sent[to] : null;
        Connection.Keep(new TracedSegment(++_packet, new Timestamp(_now), from, flags, sequence ?? _sent[from], acknowledged, length,
            65_536, marks, rttNs));
        if (sequence is null) _sent[from] += (uint)length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1u : 0u);
        StreamCounters counters = Connection.Stream(from);
        counters.Packets++;
        counters.PayloadBytes += length;
        Connection.LastAt = new Timestamp(_now);
    }

    /// <summary>A message in one or more segments.</summary>
    public Message Says(Side from, string text, long after, int segments = 1, string? kind = null, long between = 10_000) =>
        Says(from, Encoding.UTF8.GetBytes(text), after, segments, kind, between);

    /// <summary>A message in one or more segments.</summary>
    public Message Says(Side from, byte[] bytes, long after, int segments = 1, string? kind = null, long between = 10_000)
    {
        var message = new Message();
        for (int i = 0; i < segments; i++)
        {
            Range part = (i * bytes.Length / segments)..((i + 1) * bytes.Length / segments);
            Segment(from, TcpFlags.Psh | TcpFlags.Ack, i == 0 ? after : between, part.GetOffsetAndLength(bytes.Length).Length);
            long start = Connection.Stream(from).StreamBytes;
            if (i == 0) message.Begin(from, start);
            message.AddPacket(new PacketStamp(_packet, Connection.LastAt), new TracingOptions());
            message.Append(bytes[part], start + part.End.Value, FormBounds.HeadBytes, new HeadBudget(new BufferBudget(0)));
        }

        message.End(new MessageEnd { Description = Encoding.UTF8.GetBytes(kind ?? "") });
        Connection.Stream(from).StreamBytes += bytes.Length;
        return message;
    }

    public Exchange Exchange(Message? request, Message? reply, long? serverNs = null, long? networkNs = null)
    {
        var exchange = new Exchange
        {
            Index = Connection.ExchangeCount + 1,
            Request = request,
            Reply = reply,
            ServerNs = serverNs,
            NetworkNs = networkNs,
            RequestTransferNs = request is null ? null : request.LastAt - request.FirstAt,
            ReplyTransferNs = reply is null ? null : reply.LastAt - reply.FirstAt,
            TotalNs = request is null || reply is null ? null : reply.LastAt - request.FirstAt,
        };
        Connection.ExchangeCount++;
        Connection.Keep(exchange);
        return exchange;
    }

    private static Endpoint Endpoint(string text)
    {
        System.Net.IPEndPoint parsed = System.Net.IPEndPoint.Parse(text);
        return new Endpoint(IpAddress.FromBytes(parsed.Address.GetAddressBytes()), (ushort)parsed.Port);
    }
}
