using System.Security.Cryptography;
using System.Text;

namespace Trama.Replay.Adapting.WebSocket;

/// <summary>How a server shows that it has read a WebSocket's key (RFC 6455 section 4.2.2).</summary>
internal static class WebSocketKey
{
    private const string Appendix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>The value of <c>Sec-WebSocket-Accept</c>.</summary>
    public static string Accept(string key) => Convert.ToBase64String(
        CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes(key + Appendix)));
}
