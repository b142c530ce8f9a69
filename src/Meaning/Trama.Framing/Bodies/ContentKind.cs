namespace Trama.Framing.Bodies;

/// <summary>What a part of a message's content is.</summary>
public enum ContentKind : byte
{
    /// <summary>Bytes as they were said, before a body, or where there is none: header fields of HTTP/1.1, a command.</summary>
    Head,

    /// <summary>Words that stand for bytes which are no text: <c>GET /users/7</c> for the header fields of HTTP/2.</summary>
    Words,

    /// <summary>A part of the body, decoded as far as can be.</summary>
    Body,
}
