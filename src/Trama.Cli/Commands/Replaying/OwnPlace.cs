using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Trama.Peers.Serving;

namespace Trama.Cli.Commands.Replaying;

/// <summary>Whether another server that is to be asked is the one that asks.</summary>
internal static class OwnPlace
{
    /// <summary>Whether a server would listen there.</summary>
    /// <param name="options">The server.</param>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    public static bool Is(ServerOptions options, string host, int port)
    {
        if (options.UnixPath is not null || options.Port != port) return false;
        bool isEverywhere = options.Address is not { } listening || listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any);
        return Array.Exists(AddressesOf(host), address => isEverywhere ? IsOfThisMachine(address) : Plain(address).Equals(options.Address));
    }

    private static IPAddress[] AddressesOf(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out IPAddress? address) ? [address] : Dns.GetHostAddresses(host);
        }
        catch (SocketException)
        {
            // Told when it is connected to.
            return [];
        }
    }

    private static bool IsOfThisMachine(IPAddress address)
    {
        address = Plain(address);
        return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            || NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses)
                .Any(own => own.Address.Equals(address));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
