using Trama.Framing;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>The exchanges of one layer of a connection that are open: paired by key where the protocol has one, else by order.</summary>
/// <param name="builder">Begins and tells them.</param>
/// <param name="maxOpen">How many requests may wait for a reply.</param>
internal sealed class LayerExchanges(ExchangeBuilder builder, int maxOpen)
{
    // Beyond so many, messages before a reply are exchanges of their own.
    private const int MaxInterim = 64;

    // So many that were given up may wait for what is on its way.
    private const int MaxCancelled = 64;

    private readonly OrderedPairing _ofClient = new(builder);
    private OrderedPairing? _ofServer;
    private Dictionary<(Side Initiator, long Key), Exchange>? _keyed;
    private Queue<Cancelled>? _cancelled;
    private Message? _earlyReply;
    private List<Message>? _interim;
    private Side? _speaker;
    private Timestamp _lastAt;

    /// <summary>A message begins.</summary>
    /// <param name="from">Who says it.</param>
    /// <param name="at">When.</param>
    /// <param name="otherSpeaks">Whether the other side is in the middle of one.</param>
    public void Begin(Side from, Timestamp at, bool otherSpeaks)
    {
        if (_speaker == from.Other() && !otherSpeaks) Ordered(from)?.BeginTurn(at - _lastAt);
        (_speaker, _lastAt) = (from, at);
    }

    /// <summary>A message is over.</summary>
    /// <param name="message">The message.</param>
    /// <param name="end">What is known of it.</param>
    /// <param name="otherIsOpen">Whether the other side is in the middle of a message of the same number.</param>
    public void Take(Message message, in MessageEnd end, bool otherIsOpen)
    {
        MessageTraits traits = end.Traits;
        if (message.LastAt > _lastAt) _lastAt = message.LastAt;
        bool asks = (traits & MessageTraits.Asks) != 0 || ((traits & MessageTraits.Answers) == 0 && message.From == Side.Client);
        if ((traits & MessageTraits.Unsolicited) != 0) TellAlone(message);
        else if ((traits & MessageTraits.Aborts) != 0 && IsInitiator(message, end.Key)) Abort(message, end, otherIsOpen);
        else if (asks) Ask(message, end);
        else Answer(message, end, otherIsOpen);
    }

    /// <summary>Nobody can count the messages of one side for a while.</summary>
    public void Lose(Side from)
    {
        Ordered(from)?.LoseRequests();
        Ordered(from.Other())?.LoseReplies();
    }

    /// <summary>Both sides said nothing for a while, and the capture goes on.</summary>
    public void FallSilent()
    {
        _ofClient.FallSilent();
        _ofServer?.FallSilent();
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        if (_ofClient.Oldest is { } oldest) AddInterim(oldest);
        _ofClient.Complete();
        _ofServer?.Complete();
        if (_earlyReply is { } reply) TellReply(reply);
        foreach (Message interim in _interim ?? []) builder.TellAlone(interim);
        if (_keyed is not null)
            foreach (Exchange exchange in _keyed.Values.OrderBy(exchange => (exchange.Request ?? exchange.Reply)!.Offset)) builder.Tell(
                exchange, exchange.Reply);
        (_earlyReply, _interim, _keyed, _cancelled) = (null, null, null, null);
    }

    private OrderedPairing? Ordered(Side initiator) => initiator == Side.Client ? _ofClient : _ofServer;

    private void Ask(Message request, in MessageEnd end)
    {
        Exchange exchange = builder.Open(request);
        if ((end.Traits & MessageTraits.NoReply) != 0) builder.Tell(exchange, null);
        else if (end.Key is { } key) Ask(exchange, (request.From, key));
        else if (_earlyReply is { } reply && request.From == Side.Client)
        {
            _earlyReply = null;
            AddInterim(exchange);
            builder.Tell(exchange, reply);
        }
        else
        {
            OrderedPairing ordered = request.From == Side.Client ? _ofClient : _ofServer ??= new OrderedPairing(builder);
            if (ordered.Count == 0) AddInterim(exchange);
            ordered.Ask(exchange);
            if (ordered.Count > maxOpen) ordered.GiveUpOldest();
        }
    }

    private void Ask(Exchange exchange, (Side Initiator, long Key) place)
    {
        _keyed ??= [];
        if (_keyed.Remove(place, out Exchange? earlier))
        {
            if (earlier.Request is null)
            {
                Message? reply = earlier.Reply;
                exchange.TakeInterimOf(earlier);
                builder.Tell(exchange, reply);
                return;
            }

            // The key is used again: the reply in between was not seen.
            builder.TellUnanswered(earlier, isWhole: false);
        }

        if (_keyed.Count >= maxOpen) GiveUpAKey();
        _keyed.Add(place, exchange);
    }

    private void GiveUpAKey()
    {
        ((Side, long) place, Exchange exchange) = _keyed!.First();
        _keyed!.Remove(place);
        builder.Tell(exchange, exchange.Reply);
    }

    private void Answer(Message reply, in MessageEnd end, bool otherIsOpen)
    {
        bool isInterim = (end.Traits & MessageTraits.Interim) != 0;
        if (end.Key is { } key)
        {
            AnswerKey(reply, key, isInterim, otherIsOpen, (end.Traits & MessageTraits.Aborts) != 0);
            return;
        }

        OrderedPairing? ordered = Ordered(reply.From.Other());
        if (!isInterim && ordered?.TryAnswer(reply) == true) return;
        Exchange? oldest = ordered?.Oldest;
        if (isInterim && oldest?.Interim.Count < MaxInterim) oldest.Add(reply);
        else if (isInterim && oldest is null && !(_interim?.Count >= MaxInterim)) (_interim ??= []).Add(reply);
        else if (isInterim) builder.TellAlone(reply);
        // A server may answer before it has read the whole request.
        else if (otherIsOpen && _earlyReply is null && reply.From == Side.Server) _earlyReply = reply;
        else TellReply(reply);
    }

    // An exchange that has ended has nothing but that to be told of it.
    private void AnswerKey(Message reply, long key, bool isInterim, bool otherIsOpen, bool hasEnded)
    {
        // A push is promised and given by the same side.
        (Side Initiator, long Key) place = (reply.From.Other(), key);
        if (_keyed is null || !_keyed.TryGetValue(place, out Exchange? exchange))
        {
            if (_keyed is not null && _keyed.TryGetValue((reply.From, key), out exchange)) place = (reply.From, key);
            else exchange = null;
        }

        if (exchange is { Reply: null } && isInterim && exchange.Interim.Count < MaxInterim) exchange.Add(reply);
        else if (exchange is { Request: not null } && !isInterim)
        {
            _keyed!.Remove(place);
            long asked = exchange.Request.Offset;
            builder.Tell(exchange, reply);
            // Who answers what was asked later has read what was given up before.
            while (_cancelled?.TryPeek(out Cancelled earlier) == true && earlier.Place.Initiator == place.Initiator
                && earlier.At < asked) TellCancelled();
        }
        else if (exchange is { Request: null } && hasEnded) builder.Forget(reply);
        else if (exchange is null && otherIsOpen && !isInterim)
        {
            Exchange early = builder.Open(null);
            early.Reply = reply;
            _keyed ??= [];
            if (_keyed.Count >= maxOpen) GiveUpAKey();
            _keyed.Add(place, early);
        }
        else builder.TellAlone(reply);
    }

    private bool IsInitiator(Message message, long? key) =>
        key is { } known && (_keyed is null || !_keyed.ContainsKey((message.From.Other(), known)))
        && (_keyed?.ContainsKey((message.From, known)) == true || message.From == Side.Client);

    // Who asked gives up. A reply in progress ends after this, and one may be on its way.
    private void Abort(Message message, in MessageEnd end, bool otherIsOpen)
    {
        long at = message.Offset;
        (Side, long) place = (message.From, end.Key!.Value);
        _keyed ??= [];
        if (!_keyed.TryGetValue(place, out Exchange? exchange))
        {
            // What was given up may not have been seen to be asked for.
            if (end.Operation.IsEmpty)
            {
                builder.Forget(message);
                return;
            }

            _keyed.Add(place, exchange = builder.Open(message));
        }
        else
        {
            builder.Forget(message);
        }

        exchange.Cancel(end.Status);
        if (otherIsOpen) return;
        (_cancelled ??= new()).Enqueue(new Cancelled(place, exchange, at));
        if (_cancelled.Count > MaxCancelled) TellCancelled();
    }

    private void TellCancelled()
    {
        Cancelled cancelled = _cancelled!.Dequeue();
        if (!_keyed!.TryGetValue(cancelled.Place, out Exchange? exchange) || exchange != cancelled.Exchange) return;
        _keyed.Remove(cancelled.Place);
        builder.Tell(exchange, exchange.Reply);
    }

    private void TellAlone(Message message)
    {
        if (message.From == Side.Server) builder.TellAlone(message);
        else builder.Tell(builder.Open(message), null);
    }

    private void TellReply(Message reply)
    {
        Exchange exchange = builder.Open(null);
        AddInterim(exchange);
        builder.Tell(exchange, reply);
    }

    private void AddInterim(Exchange exchange)
    {
        if (_interim is not { Count: > 0 }) return;
        foreach (Message interim in _interim) exchange.Add(interim);
        _interim.Clear();
    }

    // An exchange that was given up, and where in the stream.
    private readonly record struct Cancelled((Side Initiator, long Key) Place, Exchange Exchange, long At);
}
