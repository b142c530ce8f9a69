using System.Runtime.CompilerServices;
using Trama.Framing;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Builds the messages of a connection from its streams, and pairs replies to requests in order.</summary>
internal sealed class ExchangeBuilder : IMessageSink
{
    // Beyond so many, messages before a reply are exchanges of their own.
    private const int MaxInterim = 64;

    private readonly Connection _connection;
    private readonly TracingOptions _options;
    private readonly ITraceSink _sink;
    private readonly MessagePool _pool;
    private readonly Conversation _conversation;
    private readonly OpenRequests _requests = new();
    private Offsets _offset;
    private Message? _request;
    private Message? _reply;
    private Message? _earlyReply;
    private List<Message>? _interim;
    private string? _framing;
    private long _count;
    private long _packet;
    private Timestamp _at;

    public ExchangeBuilder(Connection connection, TracingOptions options, ITraceSink sink, MessagePool pool)
    {
        (_connection, _options, _sink, _pool) = (connection, options, sink, pool);
        _conversation = new Conversation(options.Framing, this);
    }

    /// <summary>From the vantage point to the server and back, in nanoseconds; absent when never measured.</summary>
    public long? PathNs { get; set; }

    public void Take(Side from, ReadOnlySpan<byte> bytes, long packet, Timestamp at)
    {
        (_packet, _at) = (packet, at);
        _conversation.Take((Direction)from, bytes);
        NoteFraming();
    }

    public void Skip(Side from, long count, long packet, Timestamp at)
    {
        (_packet, _at) = (packet, at);
        _conversation.Skip((Direction)from, count);
        NoteFraming();
    }

    /// <summary>A stream is over.</summary>
    public void End(Side from) => _conversation.End((Direction)from);

    /// <summary>The server has fallen silent: by turns, its reply is complete.</summary>
    public void EndReply() => _conversation.EndTurn(Direction.ToClient);

    /// <summary>The connection is over: what waits for a reply gets none.</summary>
    public void Complete()
    {
        _conversation.End(Direction.ToServer);
        _conversation.End(Direction.ToClient);
        while (_requests.Count > 0) TellWithInterim(_requests.Take(), null);
        if (_earlyReply is { } reply) TellWithInterim(null, reply);
        _earlyReply = null;
        foreach (Message interim in _interim ?? []) Tell(null, interim);
        _interim = null;
        _connection.ExchangeCount = _count;
    }

    /// <summary>The server has everything of the client's stream before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        _requests.Acknowledge(offset, at, rttNs);
        _request?.Acknowledge(offset, at, rttNs);
    }

    /// <summary>The client sent bytes again.</summary>
    public void Retransmit(long start, long end, Timestamp at)
    {
        _requests.Retransmit(start, end, at);
        if (_request is { AcknowledgedAt: null } request && request.Offset < end && request.EndOffset > start) request.DeliverAgain(at);
    }

    void IMessageSink.OnBytes(Direction direction, ReadOnlySpan<byte> bytes)
    {
        InProgress(direction).Append(bytes, _packet, _at, _options);
        _offset[(int)direction] += bytes.Length;
    }

    void IMessageSink.OnMissing(Direction direction, long count)
    {
        InProgress(direction).AppendMissing(count, _at);
        _offset[(int)direction] += count;
    }

    void IMessageSink.OnMessageEnd(Direction direction, MessageEnd end)
    {
        ref Message? slot = ref (direction == Direction.ToServer ? ref _request : ref _reply);
        if (slot is not { } message) return;
        slot = null;
        message.End(end.Description, !end.Cut);
        if (direction == Direction.ToServer) OnRequest(message, end.Traits);
        else OnReply(message, end.Traits);
    }

    void IMessageSink.OnUnfit(Direction direction, string framing, FramingFailure failure) =>
        _connection.Misfit ??= new FramingMisfit((Side)direction, framing, failure);

    private void OnRequest(Message request, MessageTraits traits)
    {
        if ((traits & MessageTraits.NoReply) != 0)
        {
            Tell(request, null);
            return;
        }

        if (_earlyReply is { } reply)
        {
            _earlyReply = null;
            TellWithInterim(request, reply);
            return;
        }

        _requests.Add(request);
        if (_requests.Count > _options.MaxOpenRequests) Tell(_requests.Take(), null);
    }

    private void OnReply(Message reply, MessageTraits traits)
    {
        if ((traits & MessageTraits.Interim) != 0 && !(_interim?.Count >= MaxInterim)) (_interim ??= []).Add(reply);
        else if ((traits & (MessageTraits.Unsolicited | MessageTraits.Interim)) != 0) Tell(null, reply);
        else if (_requests.Count > 0) TellWithInterim(_requests.Take(), reply);
        // A server may answer before it has read the whole request.
        else if (_request is not null && _earlyReply is null) _earlyReply = reply;
        else TellWithInterim(null, reply);
    }

    private void NoteFraming()
    {
        string framing = _conversation.Framing;
        if (!ReferenceEquals(framing, _framing)) _connection.Framing = _framing = framing;
    }

    private Message InProgress(Direction direction)
    {
        ref Message? slot = ref (direction == Direction.ToServer ? ref _request : ref _reply);
        if (slot is not null) return slot;
        slot = _pool.TakeMessage();
        slot.Begin((Side)direction, _offset[(int)direction], _at);
        return slot;
    }

    private void TellWithInterim(Message? request, Message? reply)
    {
        Tell(request, reply, _interim);
        _interim?.Clear();
    }

    private void Tell(Message? request, Message? reply, List<Message>? interim = null)
    {
        Exchange exchange = _pool.TakeExchange();
        if (interim is not null) exchange.Add(interim);
        (exchange.Request, exchange.Reply, exchange.Index) = (request, reply, ++_count);
        ExchangeTiming.Divide(exchange, PathNs);
        _connection.Keep(exchange);
        _sink.ExchangeCompleted(_connection, exchange);
        _pool.Return(exchange);
    }

    // How far the messages of each side go.
    [InlineArray(2)]
    private struct Offsets
    {
        private long _client;
    }
}
