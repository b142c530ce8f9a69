using System.Text;

namespace Trama.Framing.Http;

/// <summary>HTTP/1.x (RFC 9112).</summary>
internal sealed class Http1Protocol : Protocol
{
    private static readonly byte[][] Methods =
    [
        .. new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "REPORT", "MKCOL", "MOVE",
            "COPY", "LOCK", "UNLOCK", "PROPPATCH" }
            .Select(Encoding.ASCII.GetBytes),
    ];

    /// <inheritdoc/>
    public override string Name => "http1";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Alpn { get; } = ["http/1.1", "http/1.0"];

    /// <inheritdoc/>
    public override bool IsOneSided => true;

    /// <inheritdoc/>
    public override Envelope Envelope { get; } = new HttpEnvelope();

    /// <summary>Whether bytes are the beginning of a request. A method is not enough: other protocols of text have commands of the same
    /// name.</summary>
    public static Likeness Request(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = Likeness.No;
        foreach (byte[] method in Methods)
        {
            ReadOnlySpan<byte> rest = bytes[..Math.Min(bytes.Length, method.Length)];
            if (!method.AsSpan().StartsWith(rest)) continue;
            rest = bytes[rest.Length..];
            if (rest.Length < 2 && (rest.IsEmpty || rest[0] == ' ')) likeness = Likeness.Open;
            else if (rest[0] != ' ') continue;
            else if (rest[1] is (byte)'/' or (byte)'*' || IsConnect(method, rest[1])) return Likeness.Yes;
            else likeness = likeness.Or(Absolute(rest[1..]));
            if (likeness == Likeness.Yes) return likeness;
        }

        return likeness;
    }

    // A scheme may be written in capitals (RFC 3986 section 3.1).
    private static Likeness Absolute(ReadOnlySpan<byte> target)
    {
        ReadOnlySpan<byte> scheme = target[..Math.Min(target.Length, 5)];
        bool isOfHttp = Ascii.EqualsIgnoreCase(scheme, "http:"u8[..scheme.Length])
            || Ascii.EqualsIgnoreCase(scheme, "https"u8[..scheme.Length]);
        return !isOfHttp ? Likeness.No : scheme.Length == 5 ? Likeness.Yes : Likeness.Open;
    }

    // A host, not the options of NATS.
    private static bool IsConnect(ReadOnlySpan<byte> method, byte target) => method is [(byte)'C', _, (byte)'N', ..] && target != '{';

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Request(first) : Recognition.Begins(first, "HTTP/1."u8);

    /// <inheritdoc/>
    public override ConnectionFraming Create() => Create(default);

    /// <inheritdoc/>
    public override ConnectionFraming Create(in FramingContext context)
    {
        var pending = new PendingRequests();
        bool readsBodies = context.Bodies is not null;
        return new(Name, new HttpRequestStream(pending, readsBodies), new HttpReplyStream(pending, readsBodies)) { Pending = pending };
    }
}
