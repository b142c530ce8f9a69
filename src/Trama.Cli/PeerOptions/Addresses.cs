using System.Globalization;
using System.Net;
using Trama.Peers.Relaying;

namespace Trama.Cli.PeerOptions;

/// <summary>Where a relay listens and whom it connects to, as a person writes them.</summary>
internal static class Addresses
{
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
            || (TrySplit(text, 0, out string host, out port) && IPAddress.TryParse(host, out address));
        place = (address, port);
        return isPlace;
    }

    private static bool TrySplit(string text, int leastPort, out string host, out int port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? "" : text[..colon];
        bool isBracketed = host is ['[', .., ']'];
        if (isBracketed) host = host[1..^1];
        port = 0;
        return colon >= 0 && host.Contains(':', StringComparison.Ordinal) == isBracketed && TryParsePort(text[(colon + 1)..], leastPort, out port);
    }

    private static bool TryParsePort(string text, int least, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port >= least && port <= 65535;
}
