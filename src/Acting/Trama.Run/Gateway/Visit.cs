using System.Net;
using System.Net.Sockets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>A connection that somebody made to a port of the command's.</summary>
/// <param name="Far">Its socket.</param>
/// <param name="Visitor">Who made it, as the command sees it.</param>
/// <param name="Visited">The command's port.</param>
internal readonly record struct Visit(FarSocket Far, Endpoint Visitor, Endpoint Visited)
{
    /// <summary>Takes one; null when there is none, or none any more.</summary>
    /// <param name="listener">The socket that listens.</param>
    /// <param name="at">Where the command listens.</param>
    /// <param name="link">The way to it.</param>
    public static Visit? Accept(Socket listener, IPEndPoint at, InsideLink link)
    {
        try
        {
            Socket socket = listener.Accept();
            var from = (IPEndPoint)socket.RemoteEndPoint!;
            if (from.Address.IsIPv4MappedToIPv6)
                (from, at) = (new IPEndPoint(from.Address.MapToIPv4(), from.Port), new IPEndPoint(IPAddress.Any, at.Port));
            // The command's port may be opened at an address of the other family.
            if (from.AddressFamily != at.AddressFamily && at.Address.Equals(IPAddress.IPv6Any)) at = new IPEndPoint(IPAddress.Any, at.Port);
            if (from.AddressFamily != at.AddressFamily)
                from.Address = at.AddressFamily == AddressFamily.InterNetwork ? Addresses.GatewayIpv4 : Addresses.GatewayIpv6;
            return new Visit(new FarSocket(socket, isAccepted: true), Of(VisibleWithin(from.Address), from.Port),
                Of(Within(at.Address, link), at.Port));
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // The kernel within takes no ::1 from a device.
    private static IPAddress VisibleWithin(IPAddress visitor) => visitor.Equals(IPAddress.IPv6Loopback)
        ? Addresses.GatewayIpv6 : visitor;

    private static IPAddress Within(IPAddress listening, InsideLink link) => listening.Equals(IPAddress.Any) ? Addresses.Ipv4
        : listening.Equals(IPAddress.IPv6Any) || (listening.Equals(IPAddress.IPv6Loopback) && !link.HasIpv6Loopback) ? Addresses.Ipv6
        : listening;

    private static Endpoint Of(IPAddress address, int port) => new(IpAddress.FromBytes(address.GetAddressBytes()), (ushort)port);
}
