namespace Trama.Framing.Bodies;

/// <summary>How a body is encoded (RFC 9110 section 8.4.1).</summary>
internal enum ContentCoding : byte
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary><c>gzip</c> (RFC 1952).</summary>
    Gzip,

    /// <summary><c>deflate</c>: zlib's format (RFC 1950), and by some senders that of RFC 1951 alone.</summary>
    Deflate,

    /// <summary><c>br</c> (RFC 7932).</summary>
    Brotli,

    /// <summary><c>zstd</c> (RFC 8878).</summary>
    Zstd,

    /// <summary>That of a direction's messages in turn, whose decoder goes on from one to the next
    /// (<see cref="BodyFields.Decoder"/>).</summary>
    Messages,

    /// <summary>One that cannot be read here, or several upon one another.</summary>
    Other,
}
