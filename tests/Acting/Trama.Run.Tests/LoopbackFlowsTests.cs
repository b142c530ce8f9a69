using Microsoft.Win32.SafeHandles;
using Trama.Namespaces;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

/// <summary>Connections between programs within end when they end, and not before.</summary>
public sealed class LoopbackFlowsTests : IDisposable
{
    private static readonly IpAddress s_loopback = IpAddress.FromIpv4(0x7f000001);

    private readonly Device _device = new();
    private readonly LoopbackFlows _flows;

    public LoopbackFlowsTests() => _flows = new LoopbackFlows(new InsideLink(_device, loopback: null, new OwnNetworkSettings
    {
        Environment = new Dictionary<string, string>(),
        Starting = (_, _) => { },
        Opening = (_, _) => { },
        Seen = (in Packets.Record _) => { },
        Datagram = (_, _, _) => { },
        Measured = _ => { },
        NotPublished = (_, _) => { },
        NotEchoed = () => { },
    }));

    public void Dispose() => _device.Dispose();

    [Fact]
    public void A_SYN_that_nothing_answers_is_forgotten()
    {
        Assert.True(Asks(40_000, 0));
        Assert.True(Asks(40_001, 3_000_000_000));
        // It asks again.
        Assert.True(Asks(40_000, 3_000_000_000));
        Assert.Equal(2, _flows.Asked(LoopbackFlows.LongestAnswerNs));
        Assert.Equal(0, _flows.Asked(3_000_000_000 + LoopbackFlows.LongestAnswerNs));
        Assert.Null(Refused(40_000, TcpFlags.Rst | TcpFlags.Ack));
    }

    [Fact]
    public void A_refused_SYN_is_this_machines()
    {
        Assert.True(Asks(40_000, 0));
        Assert.NotNull(Refused(40_000, TcpFlags.Rst | TcpFlags.Ack));
        Assert.Equal(0, _flows.Asked(0));
    }

    [Fact]
    public void A_FIN_that_comes_twice_ends_one_side_only()
    {
        Open(40_000);
        Assert.True(Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 1, byClient: true));
        Assert.True(Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 2, byClient: true));
        for (long now = 3; now < 60_000_000_000; now += 1_000_000_000)
            Assert.True(Passes(40_000, TcpFlags.Ack | TcpFlags.Psh, now, byClient: false));
    }

    [Fact]
    public void What_both_sides_ended_is_handed_on_for_a_moment_and_then_forgotten()
    {
        Open(40_000);
        Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 1, byClient: true);
        Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 2, byClient: false);
        Assert.True(Passes(40_000, TcpFlags.Ack, 3, byClient: true));
        // The last acknowledgement was too late for the server, which says it again.
        Assert.True(Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 4, byClient: false));
        Assert.True(Passes(40_000, TcpFlags.Ack, 5, byClient: true));
        Assert.False(Passes(40_000, TcpFlags.Ack, 2 + LoopbackFlows.LingerNs, byClient: true));
    }

    [Fact]
    public void The_next_connection_of_the_same_ends_outlives_the_one_before()
    {
        Open(40_000);
        Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 1, byClient: true);
        Passes(40_000, TcpFlags.Fin | TcpFlags.Ack, 2, byClient: false);
        Open(40_000);
        Assert.True(Passes(40_000, TcpFlags.Ack, 5_000_000_000, byClient: true));
    }

    [Fact]
    public void A_reset_ends_both()
    {
        Open(40_000);
        Assert.True(Passes(40_000, TcpFlags.Rst, 1, byClient: false));
        Assert.False(Passes(40_000, TcpFlags.Ack, 2, byClient: true));
    }

    [Fact]
    public void Beyond_the_bound_a_SYN_counts_as_not_arrived_and_open_connections_go_on()
    {
        for (int i = 0; i < LoopbackFlows.MostWithin; i++) Open((ushort)(i % 60_000), (ushort)(7000 + (i / 60_000)));
        _device.Written = 0;
        Assert.True(Asks(60_001, 0));
        Assert.Equal((0, 0), (_device.Written, _flows.Asked(0)));
        Assert.True(Passes(0, TcpFlags.Ack, 0, byClient: true));
    }

    private void Open(ushort port, ushort server = 7000)
    {
        Assert.True(Asks(port, 0, server));
        Assert.Null(Refused(port, TcpFlags.Syn | TcpFlags.Ack, server));
    }

    private bool Asks(ushort port, long now, ushort server = 7000)
    {
        byte[] packet = Packet(port, server, TcpFlags.Syn);
        return _flows.Asks(Decoded(packet), packet, now);
    }

    private byte[]? Refused(ushort port, TcpFlags flags, ushort server = 7000) => _flows.Refused(Decoded(Packet(server, port, flags)));

    private bool Passes(ushort port, TcpFlags flags, long now, bool byClient)
    {
        byte[] packet = byClient ? Packet(port, 7000, flags) : Packet(7000, port, flags);
        return _flows.Passes(Decoded(packet), packet, now);
    }

    private static byte[] Packet(ushort from, ushort to, TcpFlags flags)
    {
        byte[] packet = new byte[Ipv4Header.MinimumLength + TcpHeader.MinimumLength];
        PacketBuilder.WriteSegment(packet, new IpFields(s_loopback, s_loopback, IpProtocol.Tcp),
            new TcpFields(from, to, default, default, flags, 1), [], []);
        return packet;
    }

    private static TcpSegment Decoded(byte[] packet)
    {
        new SegmentDecoder().Decode(new Packets.Record(default, LinkType.Raw, packet, packet.Length), out TcpSegment segment);
        return segment;
    }

    private sealed class Device : IDeviceEnd
    {
        public int Written { get; set; }

        public SafeFileHandle Handle { get; } = new();

        public int BestPacket => 1500;

        public long Lost => 0;

        public int Read(Span<byte> packet) => -1;

        public bool Write(ReadOnlySpan<byte> packet) => ++Written > 0;

        public void Dispose() => Handle.Dispose();
    }
}
