namespace Trama.Framing.Stomp;

/// <summary>Says of a frame what it asks, and what it answers: receipts, and messages that are acknowledged.</summary>
internal sealed class StompTalk(StompSession session)
{
    private readonly Queue<long> _others = new();
    private ShortText _words = new(600);
    private ShortText _group = new(600);
    private MessageTraits _traits;
    private long? _key;
    private bool? _isDue;
    private bool? _failed;
    private long? _answered;
    private bool _isAside;

    /// <summary>Reads a frame whose headers are all there.</summary>
    public void Understand(StompHeaders headers)
    {
        _words.Clear();
        _group.Clear();
        (_traits, _key, _isDue, _failed, _answered, _isAside) = (MessageTraits.None, null, null, null, null, false);
        ReadOnlySpan<byte> verb = headers.Verb;
        Add(verb);
        if (verb.SequenceEqual("CONNECTED"u8)) Connected(headers);
        else if (verb.SequenceEqual("RECEIPT"u8)) Answer(session.GiveReceipt(headers.Receipt ?? 0), failed: false);
        else if (verb.SequenceEqual("ERROR"u8)) Fail(headers);
        else if (verb.SequenceEqual("MESSAGE"u8)) Deliver(headers);
        else if (verb.SequenceEqual("CONNECT"u8) || verb.SequenceEqual("STOMP"u8)) Ask(session.Connect());
        else Request(headers);
        if (verb.SequenceEqual("DISCONNECT"u8) || verb.SequenceEqual("ERROR"u8)) _traits |= MessageTraits.Goodbye;
    }

    /// <summary>The next of the messages that the frame acknowledges beside what it says itself.</summary>
    /// <returns>False when nothing is left but itself.</returns>
    public bool TryNext()
    {
        _isAside = _others.TryDequeue(out long key);
        if (_isAside) _answered = key;
        return _isAside;
    }

    /// <summary>Completes what is known of a message.</summary>
    public void Describe(ref MessageEnd end)
    {
        (end.Traits, end.Key, end.ReplyDue, end.Failed) = (_traits, _key, _isDue, _failed);
        end.Description = _words.Bytes;
        if (_isAside) (end.Traits, end.Key, end.ReplyDue, end.Failed) = (MessageTraits.Answers, _answered, null, IsRefusal);
        if ((end.Traits & MessageTraits.Answers) != 0)
        {
            end.Status = _words.Bytes;
            return;
        }

        end.Operation = _words.Bytes;
        if (!_group.Bytes.SequenceEqual(_words.Bytes)) end.Group = _group.Bytes;
    }

    private bool IsRefusal => _words.Bytes.StartsWith("NACK"u8);

    private void Add(ReadOnlySpan<byte> word)
    {
        _words.Add(word);
        _group.Add(word);
    }

    private void AddDestination(ReadOnlySpan<byte> destination)
    {
        if (destination.IsEmpty) return;
        Add(" "u8);
        _words.Add(destination);
        TopicShape.Write(destination, (byte)(destination.Contains((byte)'/') ? '/' : '.'), ref _group);
    }

    private void Ask(long key) => (_traits, _key, _isDue) = (MessageTraits.Asks, key, true);

    private void Tell() => (_traits, _isDue) = (MessageTraits.Asks | MessageTraits.NoReply, false);

    private void Answer(long key, bool failed) => (_traits, _key, _failed) = (MessageTraits.Answers, key, failed);

    private void Connected(StompHeaders headers)
    {
        AddDestination(headers.Version);
        Answer(session.Connected() ?? session.NewKey(), failed: false);
    }

    private void Fail(StompHeaders headers)
    {
        AddDestination(headers.Message);
        long? refused = headers.Receipt is { } receipt ? session.GiveReceipt(receipt) : session.Connected();
        if (refused is { } key) Answer(key, failed: true);
        else Tell();
    }

    private void Deliver(StompHeaders headers)
    {
        AddDestination(headers.Destination);
        ulong subscription = headers.Subscription ?? StompHeaders.Hash(headers.Destination);
        StompSubscription? known = session.Subscription(subscription);
        if (known is { NeedsAck: false })
        {
            Tell();
            return;
        }

        Ask(session.NewKey());
        if (known is null) _isDue = null;
        ulong? id = headers.Acknowledge.IsEmpty ? headers.MessageId : StompHeaders.Hash(headers.Acknowledge);
        if (id is { } one) session.Deliver(one, _key!.Value, known);
    }

    // A client asks for a receipt or for nothing; with an acknowledgement it answers too.
    private void Request(StompHeaders headers)
    {
        bool acknowledges = headers.Verb.SequenceEqual("ACK"u8) || IsRefusal;
        if (acknowledges && (headers.MessageId ?? headers.Id) is { } id)
        {
            long? acknowledged = session.Acknowledge(id, _others);
            if (headers.Receipt is null)
            {
                Answer(acknowledged ?? session.NewKey(), IsRefusal);
                return;
            }

            if (acknowledged is { } key) _others.Enqueue(key);
        }

        if (headers.Verb.SequenceEqual("SUBSCRIBE"u8)) Subscribe(headers);
        AddDestination(headers.Destination.IsEmpty ? Unsubscribed(headers) : headers.Destination);
        if (headers.Receipt is { } receipt) Ask(session.AskReceipt(receipt));
        else Tell();
    }

    private ReadOnlySpan<byte> Unsubscribed(StompHeaders headers)
    {
        bool ends = headers.Verb.SequenceEqual("UNSUBSCRIBE"u8);
        return ends && headers.Id is { } id && session.Subscription(id) is { } subscription ? subscription.Destination.Span : default;
    }

    private void Subscribe(StompHeaders headers)
    {
        bool isCumulative = headers.Acknowledge.SequenceEqual("client"u8);
        bool needsAck = isCumulative || headers.Acknowledge.SequenceEqual("client-individual"u8);
        ulong id = headers.Id ?? StompHeaders.Hash(headers.Destination);
        session.Subscribe(id, new StompSubscription(headers.Destination.ToArray(), needsAck, isCumulative));
    }
}
