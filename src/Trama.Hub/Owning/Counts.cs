namespace Trama.Hub.Owning;

/// <summary>What a hub has done since it began.</summary>
internal sealed class Counts
{
    private long _rows, _messages, _repeated, _rejected, _pairs, _verdicts, _unanswered;

    /// <summary>In words, for the end.</summary>
    public (long Rows, long Messages, long Repeated, long Rejected, long Pairs, long Verdicts, long Unanswered) All =>
        (Interlocked.Read(ref _rows), Interlocked.Read(ref _messages), Interlocked.Read(ref _repeated), Interlocked.Read(ref _rejected),
        Interlocked.Read(ref _pairs), Interlocked.Read(ref _verdicts), Interlocked.Read(ref _unanswered));

    /// <summary>A message was stored.</summary>
    public void Stored(long rows)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Increment(ref _messages);
    }

    /// <summary>A message came that is stored already.</summary>
    public void Repeated() => Interlocked.Increment(ref _repeated);

    /// <summary>A message came that cannot be read.</summary>
    public void Rejected() => Interlocked.Increment(ref _rejected);

    /// <summary>Two ends found each other.</summary>
    public void Paired() => Interlocked.Increment(ref _pairs);

    /// <summary>A pair was judged.</summary>
    public void Judged() => Interlocked.Increment(ref _verdicts);

    /// <summary>A pair could not be judged: too many wait, or a sensor did not answer.</summary>
    public void Unanswered() => Interlocked.Increment(ref _unanswered);
}
