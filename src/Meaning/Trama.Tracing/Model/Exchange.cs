using Trama.Framing;
using Trama.Packets;

namespace Trama.Tracing;

/// <summary>
/// A request message and the reply to it. Either may be absent: a greeting answers nothing, a request may stay unanswered.
/// Durations are nanoseconds at the vantage point; docs/timing.md draws them.
/// </summary>
public sealed class Exchange
{
    private List<Message>? _interim;
    private KeptText _cancelled;

    /// <summary>The number of the exchange in its connection, from 1.</summary>
    public long Index { get; internal set; }

    /// <summary>The request; absent when a message of the server answers none.</summary>
    public Message? Request { get; internal set; }

    /// <summary>The reply; absent when none came.</summary>
    public Message? Reply { get; internal set; }

    /// <summary>
    /// What the server said of the request before its reply, in order: <c>100 Continue</c>, an FTP server's <c>150</c>. No part of the
    /// times.
    /// </summary>
    public IReadOnlyList<Message> Interim => _interim ?? (IReadOnlyList<Message>)[];

    /// <summary>Whether there are <see cref="Interim"/> ones.</summary>
    internal bool HasInterim => _interim is { Count: > 0 };

    /// <summary>Whether it will be told of, and must not be used again before.</summary>
    internal bool IsLent { get; set; }

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

    /// <summary>
    /// False when a message of it may be absent only because the capture lost bytes: then a missing reply does not say that none came.
    /// </summary>
    public bool IsWhole { get; internal set; } = true;

    /// <summary>Who began it: who asked, or said what nobody asked for; absent when only a reply was seen.</summary>
    public Side? Initiator => Request?.From ?? ((Reply!.Traits & MessageTraits.Unsolicited) != 0 ? Reply.From : null);

    /// <summary>The name of its protocol, such as <c>http1</c>; absent when it is none that has a name.</summary>
    public string? Protocol => (Request ?? Reply)?.Protocol;

    /// <summary>The stream of its protocol that carried it (HTTP/2); absent where a connection has but one.</summary>
    public long? Stream => (Request ?? Reply)?.Stream;

    /// <summary>What was asked, in its protocol's words, in UTF-8: <c>GET /users/7</c>; empty when unknown. It may hold any byte that a
    /// peer sent.</summary>
    public ReadOnlyMemory<byte> Operation =>
        Request is { Operation.IsEmpty: false } request ? request.Operation : Reply?.Operation ?? default;

    /// <summary>The operation without what differs from one of a kind to the next: <c>GET /users/:id</c>; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Group => Request is { Group.IsEmpty: false } request ? request.Group : Reply?.Group ?? default;

    /// <summary>How it ended, in its protocol's words, in UTF-8: <c>200</c>; empty when unknown.</summary>
    public ReadOnlyMemory<byte> Status => Reply?.Status ?? _cancelled.Bytes;

    /// <summary>Whether the protocol calls that an error; absent when it does not say.</summary>
    public bool? Failed => Reply is { } reply ? reply.Failed : _cancelled.IsEmpty ? null : true;

    /// <summary>Whether a reply had to come; absent when the protocol does not say.</summary>
    public bool? ReplyDue =>
        Request is { Traits: var traits } && (traits & (MessageTraits.NoReply | MessageTraits.Unsolicited)) != 0
            ? false : Request?.ReplyDue;

    /// <summary>When the first byte of the request was seen, or without a request that of the reply.</summary>
    public Timestamp FirstAt => (Request ?? Reply)!.FirstAt;

    /// <summary>When the last byte of the reply was seen, or without a reply that of the request.</summary>
    public Timestamp LastAt => (Reply ?? Request)!.LastAt;

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

    internal void Add(Message interim) => (_interim ??= []).Add(interim);

    internal void TakeInterimOf(Exchange other)
    {
        foreach (Message interim in other.Interim) Add(interim);
        other._interim?.Clear();
    }

    /// <summary>One side gave up, in the words of its protocol.</summary>
    internal void Cancel(ReadOnlySpan<byte> status) => _cancelled.Keep(status);

    internal void Clear()
    {
        _interim?.Clear();
        _cancelled.Keep([]);
        (Request, Reply, IsWhole, IsLent) = (null, null, true, false);
    }
}
