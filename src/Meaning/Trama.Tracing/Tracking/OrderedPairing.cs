namespace Trama.Tracing.Tracking;

/// <summary>
/// Pairs the requests of one side with the replies to them by their order. After a loss nobody can count them, so both wait until the
/// connection is at rest:
/// the one who asks goes on, and by this connection's habit everything was answered then. From that end, the order holds backwards.
/// </summary>
/// <param name="builder">Hears of the exchanges.</param>
internal sealed class OrderedPairing(ExchangeBuilder builder)
{
    // Of messages that wait for the next rest so many are remembered.
    private const int MaxWaiting = 64;

    // A silence of both sides that is a rest even where requests overlap, in nanoseconds.
    private const long RestNs = 1_000_000_000;

    private readonly Queue<Exchange> _asked = new(0);
    private readonly List<Exchange> _laterRequests = [];
    private readonly List<Message> _laterReplies = [];
    private bool _requestsLost;
    private bool _repliesLost;
    private bool _overlaps;

    /// <summary>Whether replies can no longer be counted off against requests.</summary>
    public bool IsUnsure => _requestsLost || _repliesLost;

    /// <summary>The oldest request that surely waits for the next reply.</summary>
    public Exchange? Oldest => !_repliesLost && _asked.TryPeek(out Exchange? oldest) ? oldest : null;

    /// <summary>How many requests wait.</summary>
    public int Count => _asked.Count + _laterRequests.Count;

    /// <summary>A request is complete, or cut.</summary>
    public void Ask(Exchange exchange)
    {
        if (IsUnsure) Later(exchange);
        else _asked.Enqueue(exchange);
    }

    /// <summary>A reply is complete, or cut.</summary>
    /// <returns>False when none of the requests asked for it.</returns>
    public bool TryAnswer(Message reply)
    {
        if (!_repliesLost && _asked.TryDequeue(out Exchange? exchange))
        {
            builder.Tell(exchange, reply);
            return true;
        }

        if (!IsUnsure) return false;
        if (_laterReplies.Count == MaxWaiting)
        {
            builder.TellAlone(_laterReplies[0]);
            _laterReplies.RemoveAt(0);
        }

        _laterReplies.Add(reply);
        return true;
    }

    /// <summary>Nobody knows how many requests follow those seen so far.</summary>
    public void LoseRequests() => _requestsLost = true;

    /// <summary>Nobody knows how many replies follow those seen so far.</summary>
    public void LoseReplies()
    {
        _repliesLost = true;
        // These came before those that wait already.
        while (_asked.Count > MaxWaiting) builder.TellUnanswered(_asked.Dequeue(), isWhole: false);
        _laterRequests.InsertRange(0, _asked);
        _asked.Clear();
    }

    /// <summary>The side that asks begins a message after the other one spoke.</summary>
    /// <param name="silenceNs">How long both said nothing.</param>
    public void BeginTurn(long silenceNs)
    {
        if (!IsUnsure || _asked.Count > 0) _overlaps |= _asked.Count > 0;
        else if (!_overlaps || silenceNs >= RestNs) Settle();
    }

    /// <summary>Both sides said nothing for a while, and the capture goes on.</summary>
    public void FallSilent()
    {
        if (IsUnsure && _asked.Count == 0 && _laterReplies.Count > 0 && _laterReplies.Count >= _laterRequests.Count) Settle();
    }

    /// <summary>The oldest request gets no reply any more.</summary>
    public void GiveUpOldest()
    {
        if (_asked.TryDequeue(out Exchange? oldest)) builder.TellUnanswered(oldest, isWhole: true);
        else if (_laterRequests.Count > 0) GiveUpLater();
    }

    /// <summary>Nothing more comes.</summary>
    public void Complete()
    {
        while (_asked.TryDequeue(out Exchange? exchange)) builder.TellUnanswered(exchange, isWhole: !IsUnsure);
        // The last requests may have got no reply.
        if (_laterReplies.Count >= _laterRequests.Count)
        {
            Settle();
            return;
        }

        TellApart(_laterRequests.Count, _laterReplies.Count);
        // Stray packets may come after the end, and another end after those.
        _laterRequests.Clear();
        _laterReplies.Clear();
    }

    private void Later(Exchange exchange)
    {
        if (_laterRequests.Count == MaxWaiting) GiveUpLater();
        _laterRequests.Add(exchange);
    }

    private void GiveUpLater()
    {
        builder.TellUnanswered(_laterRequests[0], isWhole: false);
        _laterRequests.RemoveAt(0);
    }

    private void Settle()
    {
        int requests = _laterRequests.Count, replies = _laterReplies.Count;
        while (requests > 0 && replies > 0 && IsPair(requests - 1, replies - 1)) (requests, replies) = (requests - 1, replies - 1);
        // One of each is left, whole or not: what was lost of them is theirs.
        bool isRest = requests == 1 && replies == 1 && !(IsComplete(0) && _laterReplies[0].IsComplete);
        if (isRest) (requests, replies) = (0, 0);
        int first = requests, firstReply = replies, pairs = _laterRequests.Count - requests;
        TellApart(requests, replies);
        for (int i = 0; i < pairs; i++) builder.Tell(_laterRequests[first + i], _laterReplies[firstReply + i]);
        _laterRequests.Clear();
        _laterReplies.Clear();
        (_requestsLost, _repliesLost) = (false, false);
    }

    // A reply does not come before the server has the request.
    private bool IsPair(int request, int reply) =>
        IsComplete(request) && _laterReplies[reply].IsComplete && _laterReplies[reply].Acknowledged
            >= _laterRequests[request].Request!.EndOffset;

    private bool IsComplete(int request) => _laterRequests[request].Request!.IsComplete;

    private void TellApart(int requests, int replies)
    {
        for (int i = 0; i < requests; i++) builder.TellUnanswered(_laterRequests[i], isWhole: false);
        for (int i = 0; i < replies; i++) builder.TellAlone(_laterReplies[i]);
    }
}
