using Trama.Framing;

namespace Trama.Peers.Loading;

/// <summary>The requests of one connection of a load that wait for their replies, and what of these has come.</summary>
internal sealed class LoadExchanges(LoadWorker worker)
{
    private readonly WaitingRequests _waiting = new(worker.Options.Pipeline);
    private ConnectionFraming _framing = worker.Options.Framing.Create();

    /// <summary>How many requests wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>How many were made of this connection.</summary>
    public long Asked { get; private set; }

    /// <summary>How many of them were answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Whether a reply has begun and is not complete.</summary>
    public bool InReply { get; private set; }

    /// <summary>Whether the server has said that it answers nothing more on this connection.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether one more request may be made.</summary>
    public bool MayAsk => !_waiting.IsFull && Asked < worker.RequestsPerConnection && !IsOver;

    /// <summary>Whether every request that the connection may carry was made and answered.</summary>
    public bool IsDone => Waiting == 0 && (IsOver || Asked >= worker.RequestsPerConnection);

    /// <summary>A new connection begins.</summary>
    public void Begin()
    {
        _framing = worker.Options.Framing.Create();
        _waiting.Clear();
        (Asked, Answered, InReply, IsOver) = (0, 0, false, false);
    }

    /// <summary>A request is made.</summary>
    public void Ask(long dueAt)
    {
        _waiting.Add(dueAt);
        Asked++;
        if (worker.TellsRequests) _framing.ToServer.Take(worker.Options.Request.Span);
    }

    /// <summary>Takes what the server says.</summary>
    /// <returns>Whether it fits the framing.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, long now)
    {
        StreamFraming replies = _framing.ToClient;
        while (!bytes.IsEmpty)
        {
            FrameStep step = replies.Take(bytes);
            if (step.Status == FrameStatus.Unfit) return false;
            bytes = bytes[step.Taken..];
            InReply = step.Status == FrameStatus.NeedMore;
            if (InReply) continue;
            IsOver |= (replies.Traits & MessageTraits.Goodbye) != 0;
            if ((replies.Traits & MessageTraits.Interim) == 0) Reply(now);
        }

        return true;
    }

    /// <summary>The server has ended its side, which may be the proper end of a reply.</summary>
    public void End(long now)
    {
        if (InReply && _framing.ToClient.EndsAtClose) Reply(now);
    }

    /// <summary>Takes the oldest request that waits: nothing answers it any more.</summary>
    /// <returns>When it was due.</returns>
    public long GiveUp() => _waiting.Take();

    // What comes without a request, such as a greeting, answers nothing.
    private void Reply(long now)
    {
        InReply = false;
        if (Waiting == 0) return;
        Answered++;
        worker.Count(_waiting.Take(), now);
    }
}
