namespace Trama.Cli.PeerOptions;

/// <summary>A request of HTTP/1.1 (RFC 9112) from what a person writes of it.</summary>
internal static class HttpRequest
{
    /// <summary>A method and a target become a whole request; what has a line end is one already.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">The server, for the Host field.</param>
    /// <param name="port">Its port.</param>
    public static string Of(string text, string host, int port) => text.Contains('\n', StringComparison.Ordinal)
        ? text
        : $"{text} HTTP/1.1\r\nHost: "
            + $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}\r\nUser-Agent: trama\r\n\r\n";
}
