using System.Buffers.Binary;
using System.Text;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

/// <summary>Plays packets of one client and one server to a tracker, and keeps what it tells.</summary>
internal sealed class Wire : ITraceSink
{
    public const uint ClientStart = 1000;
    public const uint ServerStart = 5000;

    private static readonly Endpoint s_server = new(IpAddress.FromIpv4(0x0a000002), 5000);

    private readonly byte[] _packet = new byte[70_000];
    private readonly ushort[] _identification = [100, 900];
    private long _packets;

    public Wire(TracingOptions? options = null, ITraceSink? sink = null) =>
        Tracker = new ConnectionTracker(options ?? new TracingOptions
        { KeepExchanges = true, KeptSegments = 1000, Framing = Trama.Framing.FramingRule.Turns }, sink ?? this);

    public ConnectionTracker Tracker { get; }

    public long Now { get; set; } = 1_700_000_000_000_000_000;

    public ushort ClientPort { get; set; } = 40_000;

    public uint ClientAddress { get; set; } = 0x0a000001;

    public Endpoint Server { get; set; } = s_server;

    public int Interface { get; set; }

    public List<Connection> Connections { get; } = [];

    public List<Connection> Ended { get; } = [];

    public MemoryStream[] Streams { get; } = [new(), new()];

    public List<(Side From, long Offset, long Length, GapReason Reason)> Gaps { get; } = [];

    public Connection Connection => Connections[0];

    public string Said(Side from) => Encoding.UTF8.GetString(Streams[(int)from].ToArray());

    public void Handshake(long serverLegNs = 1000, long clientLegNs = 1000)
    {
        Send(Side.Client, TcpFlags.Syn, ClientStart, 0, afterNs: 0);
        Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, ServerStart, ClientStart + 1, afterNs: serverLegNs);
        Send(Side.Client, TcpFlags.Ack, ClientStart + 1, ServerStart + 1, afterNs: clientLegNs);
    }

    public void Send(Side from, TcpFlags flags, uint sequence, uint acknowledgement, string text = "", long afterNs = 1000,
        int window = 512, int snap = int.MaxValue) =>
        Send(from, flags, sequence, acknowledgement, Encoding.UTF8.GetBytes(text), afterNs, window, snap);

    public void Send(Side from, TcpFlags flags, uint sequence, uint acknowledgement, ReadOnlySpan<byte> payload, long afterNs = 1000,
        int window = 512, int snap = int.MaxValue)
    {
        Now += afterNs;
        int length = Write(_packet, ClientAddress, ClientPort, from, flags, sequence, acknowledgement, payload, window,
            _identification[(int)from]++, Server);
        Observe(_packet.AsSpan(0, Math.Min(length, snap)), length);
    }

    /// <summary>The last packet once more, as another interface sees it.</summary>
    public void SeeAgain(int onInterface, long afterNs = 1000)
    {
        Now += afterNs;
        int length = BinaryPrimitives.ReadUInt16BigEndian(_packet.AsSpan(2));
        Tracker.Observe(new Packets.Record(new Timestamp(Now), LinkType.Raw, _packet.AsSpan(0, length), length, onInterface));
    }

    /// <summary>A router on the way says that the last packet is too large, and what would pass (RFC 792, RFC 1191).</summary>
    public void SayTooLarge(ushort mtu) => Complain(3, 4, mtu);

    /// <summary>A router on the way sends an ICMP error about the last packet (RFC 792).</summary>
    public void Complain(byte type, byte code, ushort mtu = 0)
    {
        const int headers = 20 + 8, quoted = 20 + 8;
        byte[] error = new byte[headers + quoted];
        _packet.AsSpan(0, quoted).CopyTo(error.AsSpan(headers));
        (error[0], error[8], error[9], error[20], error[21]) = (0x45, 64, 1, type, code);
        BinaryPrimitives.WriteUInt16BigEndian(error.AsSpan(2), (ushort)error.Length);
        _packet.AsSpan(12, 4).CopyTo(error.AsSpan(16));
        error.AsSpan(16, 4).CopyTo(error.AsSpan(12));
        error[15] ^= 0x40;
        BinaryPrimitives.WriteUInt16BigEndian(error.AsSpan(26), mtu);
        Now += 1000;
        Observe(error, error.Length);
    }

    public void Complete() => Tracker.Complete();

    void ITraceSink.ConnectionOpened(Connection connection) => Connections.Add(connection);

    void ITraceSink.ConnectionEnded(Connection connection) => Ended.Add(connection);

    void ITraceSink.StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        Assert.InRange(packet.Number, 1, _packets);
        Streams[(int)from].Write(bytes);
    }

    void ITraceSink.StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
        Gaps.Add((from, offset, length, reason));

    private void Observe(ReadOnlySpan<byte> bytes, int length)
    {
        _packets++;
        Tracker.Observe(new Packets.Record(new Timestamp(Now), LinkType.Raw, bytes, length, Interface));
    }

    /// <summary>Writes an IPv4 packet and tells its length.</summary>
    public static int Write(
        Span<byte> packet, uint client, ushort clientPort, Side from, TcpFlags flags, uint sequence, uint acknowledgement,
        ReadOnlySpan<byte> payload, int window, ushort identification, Endpoint? server = null)
    {
        var clientEnd = new Endpoint(IpAddress.FromIpv4(client), clientPort);
        Endpoint serverEnd = server ?? s_server;
        (Endpoint source, Endpoint destination) = from == Side.Client ? (clientEnd, serverEnd) : (serverEnd, clientEnd);
        var ip = new IpFields(source.Address, destination.Address, IpProtocol.Tcp) { Identification = identification };
        var tcp = new TcpFields(source.Port, destination.Port, new(sequence), new(acknowledgement), flags, (ushort)window);
        return PacketBuilder.WriteSegment(packet, ip, tcp, options: [], payload);
    }
}
