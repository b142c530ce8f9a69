namespace Trama.Framing;

/// <summary>Why bytes do not fit a framing.</summary>
public enum FramingFault : byte
{
    /// <summary>They fit.</summary>
    None,

    /// <summary>Bytes are missing where a message may start or end.</summary>
    MissingBytes,

    /// <summary>A length, with its adjustment, is negative.</summary>
    NegativeLength,

    /// <summary>A length is not a number, or larger than the protocol allows.</summary>
    BadLength,

    /// <summary>An HTTP message does not begin with a request line or a status line.</summary>
    BadStartLine,

    /// <summary>A header field has no colon, or a name that is no token.</summary>
    BadHeader,

    /// <summary>Two lengths of one message contradict each other.</summary>
    ConflictingLengths,

    /// <summary>A chunk size is not hexadecimal, or a chunk does not end where its size says.</summary>
    BadChunk,

    /// <summary>A value begins with a byte that names no RESP type.</summary>
    BadType,

    /// <summary>A line or a value does not end with CR LF.</summary>
    MissingLineEnd,

    /// <summary>Values are nested deeper than the framing follows.</summary>
    TooDeep,

    /// <summary>A TLS record has an unknown type, version or length.</summary>
    BadRecord,

    /// <summary>A reply does not begin with a reply code or a status indicator.</summary>
    BadReply,

    /// <summary>More requests wait for a reply than the framing remembers.</summary>
    TooManyPending,

    /// <summary>A frame or packet has a length or flags that it cannot have, or comes where it cannot.</summary>
    BadFrame,
}
