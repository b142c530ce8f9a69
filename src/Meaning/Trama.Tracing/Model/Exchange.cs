namespace Trama.Tracing;

/// <summary>
/// A request message and the reply to it. Either may be absent: a greeting answers nothing, a request may stay unanswered.
/// Durations are nanoseconds at the vantage point; docs/timing.md draws them.
/// </summary>
public sealed class Exchange
{
    private List<Message>? _interim;

    /// <summary>The number of the exchange in its connection, from 1.</summary>
    public long Index { get; internal set; }

    /// <summary>The request; absent when a message of the server answers none.</summary>
    public Message? Request { get; internal set; }

    /// <summary>The reply; absent when none came.</summary>
    public Message? Reply { get; internal set; }

    /// <summary>
    /// What the server said of the request before its reply, in order: <c>100 Continue</c>, an FTP server's <c>150</c>. No part of the times.
    /// </summary>
    public IReadOnlyList<Message> Interim => _interim ?? (IReadOnlyList<Message>)[];

    /// <summary>All of its messages, in order.</summary>
    public IEnumerable<Message> Messages
    {
        get
        {
            if (Request is { } request) yield return request;
            foreach (Message message in Interim) yield return message;
            if (Reply is { } reply) yield return reply;
        }
    }

    /// <summary>From the first to the last byte of the request. Measured.</summary>
    public long? RequestTransferNs { get; internal set; }

    /// <summary>
    /// From the last byte of the request to the first of the reply, less <see cref="NetworkNs"/>. As exact as that estimate.
    /// </summary>
    public long? ServerNs { get; internal set; }

    /// <summary>
    /// The path from the vantage point to the server and back, within the time between request and reply. Estimated from the
    /// handshake and from acknowledgements; close to zero in a capture taken on the server.
    /// </summary>
    public long? NetworkNs { get; internal set; }

    /// <summary>From the first to the last byte of the reply. Measured.</summary>
    public long? ReplyTransferNs { get; internal set; }

    /// <summary>From the first byte of the request to the last of the reply. Measured.</summary>
    public long? TotalNs { get; internal set; }

    internal void Add(IReadOnlyList<Message> interim) => (_interim ??= []).AddRange(interim);

    internal void ClearInterim() => _interim?.Clear();
}
