namespace Trama.Framing;

/// <summary>
/// The framing of one connection: a half for each direction. What one half learns that the other must know (HTTP: the
/// reply to HEAD has no body) passes between them inside.
/// </summary>
/// <param name="name">The name of the framing, as the option writes it (<c>http1</c>).</param>
/// <param name="toServer">The half for what the client says.</param>
/// <param name="toClient">The half for what the server says.</param>
public sealed class ConnectionFraming(string name, StreamFraming toServer, StreamFraming toClient)
{
    /// <summary>The name of the framing, as the option writes it.</summary>
    public string Name { get; } = name;

    /// <summary>The protocol's name, where the framing is that of a protocol.</summary>
    public string? Protocol { get; internal set; }

    /// <summary>The name of the framing as one of a connection's layers: with its version, once that is known (<c>tls1.3</c>).</summary>
    public string Layer { get; set; } = name;

    /// <summary>The name of the protocol that both sides agreed to speak above this one (ALPN, RFC 7301), once it is known. A hint: the
    /// bytes decide.</summary>
    public string? Alpn { get; set; }

    /// <summary>What is known of the connection as one of TLS; absent where the framing is another.</summary>
    public Tls.TlsFacts? Tls { get; init; }

    /// <summary>Whether there may be a layer above: only then <see cref="StreamFraming.Carries"/> is asked.</summary>
    public bool MayCarry { get; init; }

    /// <summary>How the messages of the layer above are told apart, where there is one.</summary>
    public FramingRule Carried { get; init; } = FramingRule.Auto;

    /// <summary>The half for what the client says.</summary>
    public StreamFraming ToServer { get; } = toServer;

    /// <summary>The half for what the server says.</summary>
    public StreamFraming ToClient { get; } = toClient;

    /// <summary>Whether a message ends when the other side speaks. Whoever sees both directions says so, through
    /// <see cref="StreamFraming.EndTurn"/>; <see cref="Conversation"/> does.</summary>
    public bool ByTurns { get; init; }

    /// <summary>How many requests may wait for their replies at a time, where the halves pass each request between them; else
    /// <see cref="int.MaxValue"/>.</summary>
    public int MostPending => Pending is null ? int.MaxValue : PendingRequests.Limit;

    /// <summary>The requests that the halves pass between them, if they do.</summary>
    internal PendingRequests? Pending { get; init; }

    /// <summary>The oldest request was answered by one who plays the server and does not pass what it says through the framing.</summary>
    public void Answered() => Pending?.Answered();

    /// <summary>The half for <paramref name="direction"/>.</summary>
    public StreamFraming this[Direction direction] => direction == Direction.ToServer ? ToServer : ToClient;
}
