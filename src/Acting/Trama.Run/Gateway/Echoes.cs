using System.Buffers.Binary;
using System.Net.Sockets;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>The ICMP echo requests of a program to a host. A socket for that needs no right but a group's, icmp(7).</summary>
internal sealed class Echoes : Flow
{
    private Echoes(InsideLink link, in Endpoint client, in Endpoint server, Socket socket) : base(link, client, server, socket)
    {
    }

    /// <summary>The two ends: the program's, with its identifier in place of a port, and the host.</summary>
    public static (Endpoint Client, Endpoint Server) Ends(in Echo echo) =>
        (new Endpoint(echo.Source, echo.Identifier), new Endpoint(echo.Destination, 0));

    /// <summary>Makes the socket.</summary>
    /// <returns>Null when the system has no way there, of which the command is told, or does not let this user.</returns>
    public static Echoes? Open(InsideLink link, in Echo first, ReadOnlySpan<byte> packet)
    {
        (Endpoint client, Endpoint server) = Ends(first);
        if (Connect(server, server.Address.IsIpv6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp, out SocketError error) is { } socket)
            return new Echoes(link, client, server, socket);
        if (error is SocketError.NetworkUnreachable or SocketError.HostUnreachable)
            TellUnreachable(link, server, packet,
                error == SocketError.HostUnreachable ? Refusal.HostUnreachable : Refusal.NetworkUnreachable);
        else if (error != SocketError.TooManyOpenSockets)
            link.NotEchoed();
        return null;
    }

    /// <inheritdoc/>
    protected override void Answer(Span<byte> message)
    {
        if (message.Length < Echo.IdentifierAt + 4) return;
        bool isIpv6 = Client.Address.IsIpv6;
        IpProtocol protocol = isIpv6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp;
        // The kernel has put an identifier of its own into the request.
        BinaryPrimitives.WriteUInt16BigEndian(message[Echo.IdentifierAt..], Client.Port);
        message[Echo.ChecksumAt..Echo.IdentifierAt].Clear();
        InternetChecksum start = isIpv6 ? PacketBuilder.PseudoHeader(Server.Address, Client.Address, protocol, message.Length) : default;
        BinaryPrimitives.WriteUInt16BigEndian(message[Echo.ChecksumAt..], start.Add(message).Value);
        var ip = new IpFields(Server.Address, Client.Address, protocol);
        byte[] packet = new byte[ip.HeaderLength + message.Length];
        message.CopyTo(packet.AsSpan(PacketBuilder.WriteHeader(packet, ip, message.Length)));
        Link.Send(packet);
    }
}
