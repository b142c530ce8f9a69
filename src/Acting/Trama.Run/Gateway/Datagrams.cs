using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Trama.Namespaces;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>What the command says by UDP from one port to one other, continued by a real socket.</summary>
internal sealed class Datagrams : IDisposable
{
    // RFC 4787 section 4.3 has two minutes for the least.
    private const long IdleNs = 120_000_000_000;

    private readonly InsideLink _link;
    private byte[] _last = [];

    private Datagrams(InsideLink link, in Endpoint client, in Endpoint server, Socket socket) =>
        (_link, Client, Server, Socket) = (link, client, server, socket);

    /// <summary>The command's end.</summary>
    public Endpoint Client { get; }

    /// <summary>The other end.</summary>
    public Endpoint Server { get; }

    /// <summary>The real socket.</summary>
    public Socket Socket { get; }

    /// <summary>When it was last used, in nanoseconds.</summary>
    public long UsedAt { get; private set; }

    /// <summary>Whether it may go at that time.</summary>
    public bool IsIdle(long now) => now - UsedAt > IdleNs;

    /// <summary>Makes the socket.</summary>
    /// <returns>Null when the system has no way there, of which the command is told.</returns>
    public static Datagrams? Open(InsideLink link, in Datagram first, ReadOnlySpan<byte> packet)
    {
        Endpoint server = first.Destination;
        byte[] address = new byte[server.Address.IsIpv6 ? 16 : 4];
        server.Address.WriteBytes(address);
        Socket? socket = null;
        try
        {
            socket = new Socket(server.Address.IsIpv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram,
                ProtocolType.Udp)
            { Blocking = false };
            socket.Connect(new IPEndPoint(new IPAddress(address), server.Port));
            return new Datagrams(link, first.Source, server, socket);
        }
        catch (SocketException)
        {
            socket?.Dispose();
            link.Send(UnreachableMessage.Of(Unreachable.Reporter(server.Address), packet,
                Unreachable.Code(Refusal.NetworkUnreachable, server.Address.IsIpv6)));
            return null;
        }
    }

    /// <summary>The command sent a datagram.</summary>
    public void Hear(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> packet)
    {
        UsedAt = Clock.Now;
        _last = packet[..Math.Min(packet.Length, 128)].ToArray();
        Socket.Send(payload, SocketFlags.None, out SocketError error);
        if (error == SocketError.ConnectionRefused) Refuse();
    }

    /// <summary>The far side answered, or refuses.</summary>
    public void Notice(byte[] scratch)
    {
        while (true)
        {
            int count = Socket.Receive(scratch.AsSpan(0, ushort.MaxValue - 128), SocketFlags.None, out SocketError error);
            if (error == SocketError.ConnectionRefused) Refuse();
            if (error != SocketError.Success) return;
            UsedAt = Clock.Now;
            Send(scratch.AsSpan(0, count));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private void Refuse()
    {
        if (_last.Length > 0) _link.Send(UnreachableMessage.Of(Server.Address, _last,
            Unreachable.Code(Refusal.Reset, Server.Address.IsIpv6)));
    }

    private void Send(ReadOnlySpan<byte> payload)
    {
        var ip = new IpFields(Server.Address, Client.Address, IpProtocol.Udp);
        byte[] packet = new byte[ip.HeaderLength + UdpHeader.Length + payload.Length];
        Span<byte> datagram = packet.AsSpan(PacketBuilder.WriteHeader(packet, ip, UdpHeader.Length + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.SourcePortAt..], Server.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.DestinationPortAt..], Client.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.LengthAt..], (ushort)datagram.Length);
        payload.CopyTo(datagram[UdpHeader.Length..]);
        ushort sum = PacketBuilder.PseudoHeader(ip.Source, ip.Destination, IpProtocol.Udp, datagram.Length).Add(datagram).Value;
        // A sum of 0 is sent as its equal, since 0 means none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumAt..], sum == 0 ? ushort.MaxValue : sum);
        _link.Send(packet);
    }
}
