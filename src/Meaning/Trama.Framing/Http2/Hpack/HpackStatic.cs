using System.Text;

namespace Trama.Framing.Http2.Hpack;

/// <summary>The static table of HPACK (RFC 7541 appendix A), and which names are of use.</summary>
internal static class HpackStatic
{
    /// <summary>How many entries there are; their indexes begin with 1.</summary>
    public const int Count = 61;

    private static readonly string[] Names =
    [
        ":authority", ":method", ":method", ":path", ":path", ":scheme", ":scheme", ":status", ":status", ":status", ":status",
        ":status", ":status", ":status", "accept-charset", "accept-encoding", "accept-language", "accept-ranges", "accept",
        "access-control-allow-origin", "age", "allow", "authorization", "cache-control", "content-disposition", "content-encoding",
        "content-language", "content-length", "content-location", "content-range", "content-type", "cookie", "date", "etag", "expect",
        "expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "last-modified", "link", "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer",
        "refresh", "retry-after", "server", "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent", "vary",
        "via", "www-authenticate",
    ];

    private static readonly byte[][] Values =
        [.. new[] { "", "GET", "POST", "/", "/index.html", "http", "https", "200", "204", "206", "304", "400", "404", "500" }.Select(
            Encoding.ASCII.GetBytes)];

    private static readonly HeaderName[] Kinds = [.. Names.Select(name => Kind(Encoding.ASCII.GetBytes(name)))];

    /// <summary>The entry with an index of 1 to <see cref="Count"/>.</summary>
    public static HpackField Field(int index) => new(Kinds[index - 1], index <= Values.Length ? Values[index - 1] : default);

    /// <summary>The name of an entry.</summary>
    public static string Name(int index) => Names[index - 1];

    /// <summary>The length in bytes of the name of an entry.</summary>
    public static int NameLength(int index) => Names[index - 1].Length;

    /// <summary>Which name bytes are; they are in lower case (RFC 9113 section 8.2).</summary>
    public static HeaderName Kind(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual(":path"u8) => HeaderName.Path,
        7 when name.SequenceEqual(":method"u8) => HeaderName.Method,
        7 when name.SequenceEqual(":status"u8) => HeaderName.Status,
        10 when name.SequenceEqual(":authority"u8) => HeaderName.Authority,
        11 when name.SequenceEqual("grpc-status"u8) => HeaderName.GrpcStatus,
        11 when name.SequenceEqual("traceparent"u8) => HeaderName.TraceParent,
        12 when name.SequenceEqual("content-type"u8) => HeaderName.ContentType,
        13 when name.SequenceEqual("grpc-encoding"u8) => HeaderName.GrpcEncoding,
        16 when name.SequenceEqual("content-encoding"u8) => HeaderName.ContentEncoding,
        _ => HeaderName.Other,
    };
}
