using System.Text;

namespace Trama.Framing.WebSocket;

/// <summary>How messages are compressed (RFC 7692 section 7.1).</summary>
/// <param name="ClientForgets">Whether the client compresses each message without what it said before.</param>
/// <param name="ServerForgets">Whether the server does.</param>
internal sealed record WebSocketDeflate(bool ClientForgets, bool ServerForgets)
{
    /// <summary>Reads what the server agreed to: the value of its Sec-WebSocket-Extensions; null when messages are not
    /// compressed.</summary>
    public static WebSocketDeflate? Agreed(ReadOnlySpan<byte> extensions)
    {
        foreach (Range extension in extensions.Split((byte)','))
        {
            bool isDeflate = false, clientForgets = false, serverForgets = false;
            foreach (Range parameter in extensions[extension].Split((byte)';'))
            {
                ReadOnlySpan<byte> words = extensions[extension][parameter].Trim(" \t"u8);
                isDeflate |= Ascii.EqualsIgnoreCase(words, "permessage-deflate"u8);
                clientForgets |= Ascii.EqualsIgnoreCase(words, "client_no_context_takeover"u8);
                serverForgets |= Ascii.EqualsIgnoreCase(words, "server_no_context_takeover"u8);
            }

            if (isDeflate) return new WebSocketDeflate(clientForgets, serverForgets);
        }

        return null;
    }
}
