using System.Globalization;
using System.Net;
using Trama.Peers.Relaying;

namespace Trama.Cli.PeerOptions;

/// <summary>
/// Addresses, networks and ports as a person writes them. What inet_aton(3) takes for an address beyond four decimal numbers is none.
/// </summary>
internal static class Addresses
{
    // What stands before an IPv4 address in its IPv6 form (RFC 4291, section 2.5.5.2).
    private const int MappedBits = 96;

    /// <summary>Reads <c>server:5000</c> or <c>[::1]:5000</c>.</summary>
    public static bool TryParseTarget(string text, out RelayTarget? target)
    {
        target = TrySplit(text, 1, out string host, out int port) && host.Length > 0 ? new RelayTarget(host, port) : null;
        return target is not null;
    }

    /// <summary>Reads <c>5001</c>, <c>127.0.0.1:5001</c> or <c>[::1]:5001</c>; port 0 is any free one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The address, null for all interfaces, and the port.</param>
    public static bool TryParseListen(string text, out (IPAddress? Address, int Port) place)
    {
        IPAddress? address = null;
        bool isPlace = TryParsePort(text, 0, out int port)
            || (TrySplit(text, 0, out string host, out port) && TryParseAddress(host, out address));
        place = (address, port);
        return isPlace;
    }

    /// <summary>Reads <c>127.0.0.1</c>, without leading zeros, or <c>::1</c> (RFC 4291, section 2.2).</summary>
    public static bool TryParseAddress(string text, out IPAddress? address)
    {
        address = null;
        bool isWritten = text.Contains(':', StringComparison.Ordinal)
            ? !text.AsSpan().ContainsAny('[', ']', '/')
            : text.Split('.') is { Length: 4 } numbers && numbers.All(number => IsNumber(number, byte.MaxValue));
        return isWritten && IPAddress.TryParse(text, out address);
    }

    /// <summary>Reads an address and, where there is one, a port: <c>127.0.0.2</c>, <c>127.0.0.2:4000</c> or <c>[::1]:4000</c>.</summary>
    public static IPEndPoint? ParseEndpoint(string text)
    {
        if (TryParseAddress(text, out IPAddress? address)) return new IPEndPoint(address!, 0);
        return TrySplit(text, 0, out string host, out int port) && TryParseAddress(host, out address)
            ? new IPEndPoint(address!, port) : null;
    }

    /// <summary>
    /// Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address. An IPv4 address in IPv6 form is one of IPv4, as clients are
    /// told.
    /// </summary>
    public static IPNetwork? ParseNetwork(string text)
    {
        (string host, string? prefix) = text.Split('/') switch
        {
            [var alone] => (alone, null),
            [var first, var length] => (first, length),
            _ => ("", null),
        };
        if (host.Contains('%', StringComparison.Ordinal) || !TryParseAddress(host, out IPAddress? address)) return null;
        int bits = 8 * address!.GetAddressBytes().Length;
        if (prefix is not null && !IsNumber(prefix, bits)) return null;
        int kept = prefix is null ? bits : int.Parse(prefix, CultureInfo.InvariantCulture);
        if (address.IsIPv4MappedToIPv6 && kept >= MappedBits) (address, kept) = (address.MapToIPv4(), kept - MappedBits);
        // No bits beyond the prefix: who writes some may mean another network.
        return IPNetwork.TryParse($"{address}/{kept}", out IPNetwork network) && network.BaseAddress.Equals(address) ? network : null;
    }

    // Decimal, without leading zeros.
    private static bool IsNumber(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            && (text.Length == 1 || text[0] != '0');

    private static bool TrySplit(string text, int leastPort, out string host, out int port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon];
        bool isBracketed = host is ['[', .., ']'];
        if (isBracketed) host = host[1..^1];
        port = 0;
        return colon >= 0 && host.Contains(':', StringComparison.Ordinal) == isBracketed
            && TryParsePort(text[(colon + 1)..], leastPort, out port);
    }

    private static bool TryParsePort(string text, int least, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port >= least && port <= 65535;
}
