using System.Net;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Testing.Seeing;

/// <summary>
/// Tells a server's packets from those of others: of servers at the same port of another address, and of clients to whom the system gave
/// the server's port for a connection of their own.
/// </summary>
internal sealed class ServedTraffic
{
    private readonly IpAddress? _address;
    private readonly ushort _port;

    // Connections that began at the server's address and port, to a server elsewhere.
    private readonly HashSet<(Endpoint From, Endpoint To)> _elsewhere = [];

    /// <param name="server">Where the server listens; at <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/>, every address of
    /// the machine is its own.</param>
    public ServedTraffic(IPEndPoint server)
    {
        _port = (ushort)server.Port;
        IPAddress address = server.Address.IsIPv4MappedToIPv6 ? server.Address.MapToIPv4() : server.Address;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            Filter = $"tcp port {_port}";
            return;
        }

        _address = IpAddress.FromBytes(address.GetAddressBytes());
        Filter = $"tcp and ((dst host {_address} and dst port {_port}) or (src host {_address} and src port {_port}))";
    }

    /// <summary>What libpcap can tell of it, before any packet is looked at here.</summary>
    public string Filter { get; }

    /// <summary>Whether a segment is the server's, or for it. To be called with all of them, in order.</summary>
    public bool Has(in TcpSegment segment)
    {
        if ((segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) != TcpFlags.Syn) return Has(segment.Source, segment.Destination);
        if (IsServer(segment.Destination))
        {
            _elsewhere.Remove((segment.Source, segment.Destination));
            _elsewhere.Remove((segment.Destination, segment.Source));
            return true;
        }

        if (IsServer(segment.Source)) _elsewhere.Add((segment.Source, segment.Destination));
        return false;
    }

    /// <summary>Whether an error is about a segment of the server, or for it.</summary>
    public bool Has(in QuotedSegment quote) => Has(quote.Source, quote.Destination);

    private bool Has(Endpoint from, Endpoint to) =>
        (IsServer(from) || IsServer(to)) && !_elsewhere.Contains((from, to)) && !_elsewhere.Contains((to, from));

    private bool IsServer(Endpoint endpoint) => endpoint.Port == _port && (_address is null || endpoint.Address.Equals(_address.Value));
}
