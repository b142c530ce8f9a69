namespace Trama.Framing;

/// <summary>What the replies must know of the requests that wait for them, in order: a number for each.</summary>
internal sealed class PendingRequests
{
    /// <summary>The most requests that are remembered.</summary>
    public const int Limit = 65_536;

    // Most connections wait for one reply at a time: the oldest request needs no queue.
    private readonly Queue<int> _later = new(0);
    private int _oldest;
    private int _count;
    private bool _isLost;

    /// <summary>Whether a request was ever seen: a capture may begin after it.</summary>
    public bool Seen { get; private set; }

    /// <summary>Whether no request waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether requests or replies are missing, so that nobody knows what waits.</summary>
    public bool IsLost => _isLost;

    /// <summary>Whether the client has spoken since replies were missed.</summary>
    public bool IsAskedAnew { get; private set; }

    /// <summary>Whether what the server says was asked for by nobody: no request waits, and none is missing.</summary>
    public bool IsUnasked => _count == 0 && Seen && !_isLost;

    /// <summary>Remembers a request; refuses when too many wait.</summary>
    public bool TryAdd(int kind)
    {
        Seen = IsAskedAnew = true;
        if (_count == Limit) return false;
        if (_count++ == 0) _oldest = kind;
        else _later.Enqueue(kind);
        return true;
    }

    /// <summary>The oldest request, which the reply at hand belongs to; <paramref name="otherwise"/> when none waits.</summary>
    public int PeekOr(int otherwise) => _count > 0 ? _oldest : otherwise;

    /// <summary>Bytes of one direction are missing, and perhaps whole requests or replies with them.</summary>
    /// <param name="ofClient">Whether they are the client's.</param>
    public void Lose(bool ofClient)
    {
        _later.Clear();
        (_count, _isLost, IsAskedAnew) = (0, true, ofClient);
    }

    /// <summary>Forgets the oldest request: its last reply was seen.</summary>
    public void Answered()
    {
        if (_count > 0 && --_count > 0) _oldest = _later.Dequeue();
    }
}
