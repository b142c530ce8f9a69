using System.Globalization;
using System.Net;

namespace Trama.Run;

/// <summary>Where on this machine a port of the command's is opened.</summary>
/// <param name="Within">The port on which the command listens.</param>
/// <param name="Address">The address; null for that of the command's socket.</param>
/// <param name="Port">The port.</param>
public sealed record PublishedPlace(int Within, IPAddress? Address, int Port)
{
    /// <summary>Reads <c>8080:80</c> or <c>0.0.0.0:8080:80</c>: port 80 of the command's at port 8080 of this machine.</summary>
    public static bool TryParse(string text, out PublishedPlace place)
    {
        ArgumentNullException.ThrowIfNull(text);
        place = null!;
        int last = text.LastIndexOf(':');
        if (last < 0 || !TryPort(text[(last + 1)..], out int within)) return false;
        string outside = text[..last];
        int colon = outside.LastIndexOf(':');
        if (!TryPort(outside[(colon + 1)..], out int port)) return false;
        IPAddress? address = null;
        if (colon >= 0 && !IPAddress.TryParse(outside[..colon], out address)) return false;
        place = new PublishedPlace(within, address, port);
        return true;
    }

    /// <summary>The place of a socket of the command's that listens.</summary>
    public IPEndPoint Of(IPEndPoint listening)
    {
        ArgumentNullException.ThrowIfNull(listening);
        return new IPEndPoint(Address ?? listening.Address, Port);
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
}
