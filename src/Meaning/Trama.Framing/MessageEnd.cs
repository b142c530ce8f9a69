namespace Trama.Framing;

/// <summary>What is known of a message when it ends. The texts are valid during the call that hands it over; they may hold any byte a peer
/// sent, but never a credential.</summary>
public ref struct MessageEnd
{
    /// <summary>Its place in an exchange.</summary>
    public MessageTraits Traits { get; set; }

    /// <summary>Which of its direction's open messages ends: <see cref="FrameStep.Message"/>.</summary>
    public long Message { get; set; }

    /// <summary>
    /// What pairs a reply with its request, whatever their order (a stream's, correlation or packet identifier); absent where the order
    /// does.
    /// </summary>
    public long? Key { get; set; }

    /// <summary>
    /// The name of the protocol that the message belongs to, where it differs from the framing's (<c>grpc</c> in HTTP/2).
    /// </summary>
    public string? Protocol { get; set; }

    /// <summary>A few words for it, in UTF-8; may be empty.</summary>
    public ReadOnlySpan<byte> Description { get; set; }

    /// <summary>Of a request: what it asks for, in its protocol's words, in UTF-8 (<c>GET /users/7</c>); empty when unknown.</summary>
    public ReadOnlySpan<byte> Operation { get; set; }

    /// <summary>
    /// Of a request: its operation without what differs from one request of a kind to the next (<c>GET /users/:id</c>); empty when that is
    /// the operation.
    /// </summary>
    public ReadOnlySpan<byte> Group { get; set; }

    /// <summary>
    /// Of a request: the header that says whose part it is, as it was sent (https://www.w3.org/TR/trace-context/#traceparent-header); empty
    /// when it has none.
    /// </summary>
    public ReadOnlySpan<byte> TraceParent { get; set; }

    /// <summary>Of a reply: how it ended, in its protocol's words (<c>200</c>, <c>23505 duplicate key …</c>); empty when unknown.</summary>
    public ReadOnlySpan<byte> Status { get; set; }

    /// <summary>Of a reply: whether the protocol calls it an error; absent when it does not say.</summary>
    public bool? Failed { get; set; }

    /// <summary>Of a request: whether the protocol says that a reply must come; absent when it does not say.</summary>
    public bool? ReplyDue { get; set; }

    /// <summary>Its body, where it has one and bodies are read (<see cref="FramingContext.Bodies"/>).</summary>
    public Bodies.MessageBody? Body { get; set; }

    /// <summary>Whether the stream ended, or the framing was given up, inside it.</summary>
    public bool Cut { get; set; }

    /// <summary>The message began in a loss: what the framing knows is not of it.</summary>
    /// <param name="protocol">The framing's protocol.</param>
    internal void Forget(string? protocol) => this = new MessageEnd { Cut = Cut, Protocol = protocol, Traits = Traits };
}
