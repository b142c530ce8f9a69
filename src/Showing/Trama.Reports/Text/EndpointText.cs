using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Reports.Text;

/// <summary>Endpoints as text: <c>127.0.0.1:5000</c>, <c>[::1]:5000</c>.</summary>
public static class EndpointText
{
    /// <summary>The bytes to leave for an endpoint.</summary>
    public const int MaxLength = IpAddress.MaxTextLength + 3 + DecimalText.MaxLength;

    // The last two groups of an IPv6 address and the port.
    private const int LongestEnd = 13;

    /// <summary>
    /// Client and server of a connection in at most <paramref name="columns"/>, by the beginnings and ends of their texts.
    /// </summary>
    public static string Pair(Connection connection, int columns, bool ascii) =>
        $"{Short(connection.Client, (columns - 3) / 2, ascii)} > {Short(connection.Server, (columns - 3) / 2, ascii)}";

    /// <summary>An endpoint in at most <paramref name="columns"/>: what is longer has a gap in its address.</summary>
    public static string Short(in Endpoint endpoint, int columns, bool ascii)
    {
        string text = endpoint.ToString(), gap = ascii ? "..." : "…";
        if (text.Length <= columns) return text;
        int end = Math.Min(LongestEnd, columns - gap.Length);
        return string.Concat(text.AsSpan(0, Math.Max(0, columns - gap.Length - end)), gap, text.AsSpan(text.Length - Math.Max(0, end)));
    }

    /// <summary>Writes an endpoint; its bytes, which are its columns, are returned.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="text">Room for at least <see cref="MaxLength"/> bytes.</param>
    public static int Write(in Endpoint endpoint, Span<byte> text)
    {
        int at = 0;
        if (endpoint.Address.IsIpv6) text[at++] = (byte)'[';
        endpoint.Address.TryFormat(text[at..], out int length);
        at += length;
        if (endpoint.Address.IsIpv6) text[at++] = (byte)']';
        text[at++] = (byte)':';
        return at + DecimalText.Write(endpoint.Port, text[at..]);
    }
}
