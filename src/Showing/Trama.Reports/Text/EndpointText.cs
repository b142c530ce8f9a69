using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Reports.Text;

/// <summary>Endpoints as text: <c>127.0.0.1:5000</c>, <c>[::1]:5000</c>.</summary>
internal static class EndpointText
{
    /// <summary>The bytes to leave for an endpoint.</summary>
    public const int MaxLength = IpAddress.MaxTextLength + 3 + DecimalText.MaxLength;

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
