using System.Buffers.Binary;
using System.Net.Sockets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>What the command says by UDP from one port to one other.</summary>
internal sealed class Datagrams : Flow
{
    private Datagrams(InsideLink link, in Endpoint client, in Endpoint server, Socket socket) : base(link, client, server, socket)
    {
    }

    /// <summary>Makes the socket.</summary>
    /// <returns>Null when the system has no way there, of which the command is told.</returns>
    public static Datagrams? Open(InsideLink link, in Datagram first, ReadOnlySpan<byte> packet)
    {
        if (Connect(first.Destination, ProtocolType.Udp, out SocketError error) is { } socket)
            return new Datagrams(link, first.Source, first.Destination, socket);
        // Without a handle left the datagram is lost; the way there may be well.
        if (error != SocketError.TooManyOpenSockets) TellUnreachable(link, first.Destination, packet, Refusal.NetworkUnreachable);
        return null;
    }

    /// <inheritdoc/>
    protected override void Told(ReadOnlySpan<byte> message, bool isFromServer) => Link.Datagram(Server, message, isFromServer);

    /// <inheritdoc/>
    protected override void Answer(Span<byte> message)
    {
        var ip = new IpFields(Server.Address, Client.Address, IpProtocol.Udp);
        byte[] packet = new byte[ip.HeaderLength + UdpHeader.Length + message.Length];
        Span<byte> datagram = packet.AsSpan(PacketBuilder.WriteHeader(packet, ip, UdpHeader.Length + message.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.SourcePortAt..], Server.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.DestinationPortAt..], Client.Port);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.LengthAt..], (ushort)datagram.Length);
        message.CopyTo(datagram[UdpHeader.Length..]);
        ushort sum = PacketBuilder.PseudoHeader(ip.Source, ip.Destination, IpProtocol.Udp, datagram.Length).Add(datagram).Value;
        // A sum of 0 is sent as its equal, since 0 means none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(datagram[UdpHeader.ChecksumAt..], sum == 0 ? ushort.MaxValue : sum);
        Link.Send(packet);
    }
}
