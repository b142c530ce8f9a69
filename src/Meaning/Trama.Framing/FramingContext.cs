namespace Trama.Framing;

/// <summary>What is known of a connection beside its bytes.</summary>
public readonly record struct FramingContext
{
    /// <summary>The server's port; 0 when unknown. A hint of the protocol.</summary>
    public int ServerPort { get; init; }

    /// <summary>The name of the application protocol that the layer below agreed upon (ALPN, RFC 7301); absent when unknown. A hint of
    /// the protocol.</summary>
    public string? Alpn { get; init; }

    /// <summary>The secrets of TLS connections; absent when there are none.</summary>
    public Tls.Keys.TlsKeys? Keys { get; init; }

    /// <summary>Asks for the bodies of messages to be read; null when nobody wants them.</summary>
    public Bodies.BodyReading? Bodies { get; init; }

    /// <summary>Whether the first bytes given are not the first that were said.</summary>
    public bool BeginsMidway { get; init; }
}
