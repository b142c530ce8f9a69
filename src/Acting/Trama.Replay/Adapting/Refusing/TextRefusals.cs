using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Replay.Adapting.Http2;

namespace Trama.Replay.Adapting.Refusing;

/// <summary>Errors of protocols that are written in words, and of HTTP/2.</summary>
internal static class TextRefusals
{
    /// <summary>RFC 9110 section 15.5.5.</summary>
    public static byte[] Http1 => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    /// <summary>redis.io, "RESP protocol specification", simple errors.</summary>
    public static byte[] Resp => "-ERR not recorded\r\n"u8.ToArray();

    /// <summary>protocol.txt of memcached, "Error strings".</summary>
    public static byte[] Memcached => "SERVER_ERROR not recorded\r\n"u8.ToArray();

    /// <summary>NATS, "Client Protocol", -ERR.</summary>
    public static byte[] Nats => "-ERR 'not recorded'\r\n"u8.ToArray();

    /// <summary>RFC 1939 section 3.</summary>
    public static byte[] Pop3 => "-ERR not recorded\r\n"u8.ToArray();

    /// <summary>RFC 5321 section 4.2.4, RFC 959 section 4.2: a command that is not implemented.</summary>
    public static byte[] Commands => "502 Not recorded\r\n"u8.ToArray();

    /// <summary>HTTP/2, and gRPC, whose UNIMPLEMENTED comes without a body (gRPC over HTTP/2, Trailers-Only).</summary>
    public static ReadOnlyMemory<byte> Http2(bool isCall)
    {
        var refusal = new StreamMessage();
        refusal.Add(isCall ? [new(":status", "200"), new("content-type", "application/grpc"), new("grpc-status", "12"),
            new("grpc-message", "not recorded")] : [new HeaderField(":status", "404")], endsStream: true);
        return refusal.Frames;
    }

    /// <summary>IMAP: with the tag of the command (RFC 3501 section 7.1.3); null where it has none.</summary>
    public static byte[]? Imap(ReadOnlySpan<byte> asked) => asked.IndexOf((byte)' ') is > 0 and var tag
        ? Encoding.Latin1.GetBytes($"{Encoding.Latin1.GetString(asked[..tag])} BAD not recorded\r\n") : null;
}
