using System.Net;
using Trama.Packets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Learning;

/// <summary>One connection of a <see cref="LearnedCapture"/>.</summary>
internal sealed class LearnedConversation
{
    private const int MostInSegment = 32 << 10, Headers = 60;
    private const ushort Window = ushort.MaxValue;

    private readonly LearnedCapture _capture;
    private readonly TimeProvider _time;
    private readonly Endpoint[] _ends;
    private readonly SequenceNumber[] _next = [new(1), new(1)];
    private readonly byte[] _packet = new byte[Headers + MostInSegment];

    /// <summary>Opens it.</summary>
    public LearnedConversation(LearnedCapture capture, IPEndPoint client, IPEndPoint server, TimeProvider time)
    {
        (_capture, _time, _ends) = (capture, time, [End(client), End(server)]);
        Write(Side.Client, TcpFlags.Syn, default);
        Write(Side.Server, TcpFlags.Syn | TcpFlags.Ack, default);
        Write(Side.Client, TcpFlags.Ack, default);
    }

    /// <summary>A side said something.</summary>
    public void Say(Side from, ReadOnlySpan<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(MostInSegment, bytes.Length)..])
            Write(from, TcpFlags.Ack | TcpFlags.Psh, bytes[..Math.Min(MostInSegment, bytes.Length)]);
        Write(1 - from, TcpFlags.Ack, default, isLast: true);
    }

    /// <summary>Both sides end.</summary>
    public void End()
    {
        Write(Side.Client, TcpFlags.Fin | TcpFlags.Ack, default);
        Write(Side.Server, TcpFlags.Fin | TcpFlags.Ack, default);
        Write(Side.Client, TcpFlags.Ack, default, isLast: true);
    }

    private static Endpoint End(IPEndPoint end)
    {
        IPAddress address = end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        return new Endpoint(IpAddress.FromBytes(address.GetAddressBytes()), (ushort)end.Port);
    }

    private void Write(Side from, TcpFlags flags, ReadOnlySpan<byte> bytes, bool isLast = false)
    {
        (Endpoint sender, Endpoint receiver) = (_ends[(int)from], _ends[1 - (int)from]);
        var tcp = new TcpFields(sender.Port, receiver.Port, _next[(int)from], _next[1 - (int)from], flags, Window);
        int length = PacketBuilder.WriteSegment(
            _packet, new IpFields(sender.Address, receiver.Address, IpProtocol.Tcp), tcp, default, bytes);
        _next[(int)from] += bytes.Length + ((flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0);
        long now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        _capture.Write(_packet.AsSpan(0, length), new Timestamp(now), isLast);
    }
}
