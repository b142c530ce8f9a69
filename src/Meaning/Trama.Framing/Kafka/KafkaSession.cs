namespace Trama.Framing.Kafka;

/// <summary>What the two directions of a connection know of each other: the requests that wait, and the topics' names.</summary>
internal sealed class KafkaSession
{
    // As many topics are remembered by their identifiers.
    private const int MaxTopics = 4096;

    private readonly Dictionary<int, KafkaRequest> _waiting = [];
    private readonly Dictionary<UInt128, byte[]> _topics = [];
    private int _tokens;
    private int _slow;

    /// <summary>Who asks; not known before a message was seen.</summary>
    public Direction? Asker { get; set; }

    /// <summary>Whether the client may say tokens of SASL that have no head.</summary>
    public bool SpeaksTokens { get; set; }

    /// <summary>Whether the server's next message answers a token.</summary>
    public bool AwaitsToken => _tokens > 0;

    /// <summary>Whether something waits that the broker may answer late, and all that is asked behind it with it.</summary>
    public bool MayWait => _slow > 0;

    /// <summary>Remembers a request.</summary>
    public void Add(int correlation, in KafkaRequest request)
    {
        // Where nobody is seen to answer, what waits is of no use.
        if (_waiting.Count == PendingRequests.Limit) Forget();
        TryTake(correlation, out _);
        _waiting.Add(correlation, request);
        if (request.MayWait) _slow++;
    }

    /// <summary>Remembers a token.</summary>
    public void AddToken() => _tokens = Math.Min(_tokens + 1, PendingRequests.Limit);

    /// <summary>A token has its reply.</summary>
    public void AnswerToken() => _tokens--;

    /// <summary>Whether a request of this number waits.</summary>
    public bool Awaits(int correlation) => _waiting.ContainsKey(correlation);

    /// <summary>Takes the request that a reply answers; false when none of its number was seen.</summary>
    public bool TryTake(int correlation, out KafkaRequest request)
    {
        if (!_waiting.Remove(correlation, out request)) return false;
        if (request.MayWait) _slow--;
        return true;
    }

    /// <summary>Learns a topic's name.</summary>
    public void Learn(UInt128 topic, ReadOnlySpan<byte> name)
    {
        if (topic == 0 || name.IsEmpty || _topics.Count == MaxTopics || _topics.ContainsKey(topic)) return;
        _topics.Add(topic, name.ToArray());
    }

    /// <summary>The name of a topic; empty when it was not told.</summary>
    public ReadOnlySpan<byte> NameOf(UInt128 topic) => _topics.GetValueOrDefault(topic);

    /// <summary>Bytes of one direction are missing, and perhaps whole messages with them.</summary>
    public void Lose() => (SpeaksTokens, _tokens) = (false, 0);

    private void Forget()
    {
        _waiting.Clear();
        _slow = 0;
    }
}
