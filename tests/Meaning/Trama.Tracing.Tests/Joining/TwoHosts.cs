using Trama.Packets;
using Trama.Packets.Transport;
using Trama.Tracing.Joining;

namespace Trama.Tracing.Tests.Joining;

/// <summary>
/// A client, a server and the path between them: what is sent on it is seen by a capture at either end, if it gets there.
/// </summary>
internal sealed class TwoHosts
{
    private const long Start = 1_700_000_000_000_000_000;

    private readonly List<(long At, byte[] Packet)>[] _seen = [[], []];
    private readonly ushort[] _identification = [1, 20_000];

    /// <summary>What the path adds to sequence numbers of the client.</summary>
    public uint Renumbered { get; init; }

    /// <summary>The client as the server sees it.</summary>
    public (uint Address, ushort Port) Translated { get; init; } = (0x0a000001, 40_000);

    /// <summary>By how much the clock at the server is ahead, in nanoseconds.</summary>
    public long AheadNs { get; init; }

    /// <summary>Tells whose the connections of a capture are; null for nobody.</summary>
    public Func<Side, IConnectionOwners>? Owners { get; init; }

    /// <summary>How much faster it runs.</summary>
    public double Drift { get; init; }

    /// <summary>Sends a segment; without a delay it is lost on the way. It may arrive in several parts, or more than once.</summary>
    public void Send(Side from, long at, long? delay, TcpFlags flags, uint sequence, uint acknowledgement, int length = 0, int parts = 1,
        int copies = 1, bool leaves = true)
    {
        ushort identification = _identification[(int)from]++;
        var payload = new byte[length];
        for (int i = 0; i < length; i++) payload[i] = (byte)('a' + (sequence + i) % 26);
        if (leaves) See(from, from, at, flags, sequence, acknowledgement, payload, identification);
        for (int copy = 0; delay is { } way && copy < copies; copy++)
        {
            for (int part = 0; part < parts; part++)
            {
                Range bytes = (length * part / parts)..(length * (part + 1) / parts);
                See(from.Other(), from, at + way + copy * 50_000 + part * 1_000, flags, sequence + (uint)bytes.Start.Value, acknowledgement,
                    payload[bytes], (ushort)(identification + part));
            }
        }
    }

    public void Handshake(long delay)
    {
        Send(Side.Client, 0, delay, TcpFlags.Syn, 1000, 0);
        Send(Side.Server, delay + 10_000, delay, TcpFlags.Syn | TcpFlags.Ack, 5000, 1001);
        Send(Side.Client, 2 * delay + 20_000, delay, TcpFlags.Ack, 1001, 5001);
    }

    public JoinedCapture Join() => JoinedCapture.Of(Capture(Side.Client), Capture(Side.Server));

    public VantagePoint Capture(Side at, ITraceSink? sink = null)
    {
        var vantage = new VantagePoint(sink);
        var tracker = new ConnectionTracker(new TracingOptions
        {
            TellSegments = true,
            KeptSegments = 1 << 16,
            KeepExchanges = true,
            HeadBytes = 256,
            MaxPacketNumbers = 4096,
            Owners = Owners?.Invoke(at),
        }, vantage);
        foreach ((long time, byte[] packet) in _seen[(int)at].OrderBy(seen => seen.At))
            tracker.Observe(new Packets.Record(new Timestamp(time), LinkType.Raw, packet, packet.Length));
        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return vantage;
    }

    private void See(Side at, Side from, long time, TcpFlags flags, uint sequence, uint acknowledgement, ReadOnlySpan<byte> payload,
        ushort identification)
    {
        bool isFar = at == Side.Server;
        if (isFar && from == Side.Client) sequence += Renumbered;
        if (isFar && from == Side.Server && (flags & TcpFlags.Ack) != 0) acknowledgement += Renumbered;
        (uint address, ushort port) = isFar ? Translated : (0x0a000001, (ushort)40_000);
        byte[] packet = new byte[40 + payload.Length];
        Wire.Write(packet, address, port, from, flags, sequence, acknowledgement, payload, 512, identification);
        packet[8] = (byte)(at == from ? 64 : 60);
        long skew = isFar ? AheadNs + (long)(time * Drift) : 0;
        _seen[(int)at].Add((Start + time + skew, packet));
    }
}
