namespace Trama.Peers.Loading;

/// <summary>When the requests of a connection that wait for their replies were due, oldest first.</summary>
/// <param name="most">How many there may be, 1 or more.</param>
internal sealed class WaitingRequests(int most)
{
    private readonly long[] _dueAt = new long[most];
    private int _oldest;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there may be no more.</summary>
    public bool IsFull => Count == _dueAt.Length;

    /// <summary>Adds one.</summary>
    public void Add(long dueAt)
    {
        int at = _oldest + Count++;
        _dueAt[at < _dueAt.Length ? at : at - _dueAt.Length] = dueAt;
    }

    /// <summary>Takes the oldest away.</summary>
    public long Take()
    {
        long dueAt = _dueAt[_oldest];
        if (++_oldest == _dueAt.Length) _oldest = 0;
        Count--;
        return dueAt;
    }

    /// <summary>Takes all away.</summary>
    public void Clear() => Count = 0;
}
