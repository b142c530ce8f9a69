namespace Trama.Framing;

/// <summary>What the replies must know of the requests that wait for them, in order: a number for each.</summary>
internal sealed class PendingRequests
{
    /// <summary>The most requests that are remembered.</summary>
    public const int Limit = 65_536;

    private readonly Queue<int> _waiting = new();

    /// <summary>Whether a request was ever seen: a capture may begin after it.</summary>
    public bool Seen { get; private set; }

    /// <summary>Whether no request waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Remembers a request; refuses when too many wait.</summary>
    public bool TryAdd(int kind)
    {
        Seen = true;
        if (_waiting.Count == Limit) return false;
        _waiting.Enqueue(kind);
        return true;
    }

    /// <summary>The oldest request, which the reply at hand belongs to; <paramref name="otherwise"/> when none waits.</summary>
    public int PeekOr(int otherwise) => _waiting.TryPeek(out int kind) ? kind : otherwise;

    /// <summary>Forgets the oldest request: its last reply was seen.</summary>
    public void Answered() => _waiting.TryDequeue(out _);
}
