using System.Net;

namespace Trama.Replay.Adapting;

/// <summary>Where a reply names the server, the live one takes the place of the recorded one.</summary>
internal static class ServerNames
{
    /// <summary>A text in which the recorded server, under the names it had, is the live one.</summary>
    /// <param name="text">The text, such as a URL.</param>
    /// <param name="then">The name with port by which it was asked; null when unknown.</param>
    /// <param name="occasion">Where it was, and is.</param>
    /// <param name="live">The name with port by which the live one is asked.</param>
    public static string Renamed(string text, string? then, Occasion occasion, string live)
    {
        if (!string.IsNullOrEmpty(then)) text = text.Replace($"//{then}", $"//{live}", StringComparison.OrdinalIgnoreCase);
        string recorded = occasion.RecordedServer.ToString();
        if (recorded != live) text = text.Replace(recorded, live, StringComparison.OrdinalIgnoreCase);
        // Alt-Svc: h2=":443" (RFC 7838 section 3).
        return text.Replace($"\":{occasion.RecordedServer.Port}\"", $"\":{occasion.LiveServer.Port}\"", StringComparison.Ordinal);
    }

    /// <summary>The live server's address as text; of one at all interfaces, the loopback's.</summary>
    public static string Address(Occasion occasion) => AddressOf(occasion).ToString();

    /// <summary>The live server's address, an IPv6 one in brackets, and its port.</summary>
    public static string Place(Occasion occasion) => new IPEndPoint(AddressOf(occasion), occasion.LiveServer.Port).ToString();

    private static IPAddress AddressOf(Occasion occasion) =>
        occasion.LiveServer.Address.Equals(IPAddress.Any) || occasion.LiveServer.Address.Equals(IPAddress.IPv6Any)
            ? IPAddress.Loopback : occasion.LiveServer.Address;
}
