using Trama.Framing;

namespace Trama.Peers.Sending;

/// <summary>
/// Where the messages and replies of one connection end, and how many replies are due. One thread may take what is sent while
/// another takes what is received. Does no I/O.
/// </summary>
/// <param name="framing">The framing of the connection.</param>
internal sealed class OpenExchanges(ConnectionFraming framing)
{
    // What one half of a framing learns it passes to the other.
    private readonly Lock _gate = new();
    private long _messages;
    private long _replies;

    /// <summary>Messages that were taken whole, and get a reply.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Replies that were taken whole.</summary>
    public long Replies => Interlocked.Read(ref _replies);

    /// <summary>Whether a reply is due.</summary>
    public bool AreDue => Messages > Replies;

    /// <summary>Whether no further message can be taken before a reply is.</summary>
    public bool AreFull => Messages - Replies >= framing.MostPending;

    /// <summary>Whether a message has begun and is not complete.</summary>
    public bool InMessage { get; private set; }

    /// <summary>Whether a reply has begun and is not complete.</summary>
    public bool InReply { get; private set; }

    /// <summary>Where and why bytes do not fit, in either direction.</summary>
    public FramingFailure Failure => framing.ToClient.Failure is { Fault: not FramingFault.None } failure
        ? failure : framing.ToServer.Failure;

    /// <summary>Takes bytes that are about to be sent, up to the end of a message at most.</summary>
    public FrameStep TakeMessage(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            FrameStep step = framing.ToServer.Take(bytes);
            // Where requests are remembered, empty lines between them are none.
            InMessage = step.Status == FrameStatus.NeedMore
                && (InMessage || framing.MostPending == int.MaxValue || bytes.ContainsAnyExcept((byte)'\r', (byte)'\n'));
            if (step.Status == FrameStatus.Complete && (framing.ToServer.Traits & MessageTraits.NoReply) == 0) _messages++;
            return step;
        }
    }

    /// <summary>Takes all that is about to be sent as one. It gets a reply even where the framing sees no message in it.</summary>
    public void TakeWhole(ReadOnlySpan<byte> bytes)
    {
        long before = Messages;
        while (!bytes.IsEmpty && TakeMessage(bytes) is { Status: not FrameStatus.Unfit } step) bytes = bytes[step.Taken..];
        if (Messages == before) Interlocked.Increment(ref _messages);
    }

    /// <summary>Takes bytes that were received, up to the end of what is due at most.</summary>
    public FrameStep TakeReply(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            FrameStep step = framing.ToClient.Take(bytes);
            bool isReply = step.Status == FrameStatus.Complete
                && (framing.ToClient.Traits & (MessageTraits.Interim | MessageTraits.Unsolicited)) == 0;
            InReply = step.Status == FrameStatus.NeedMore;
            if (isReply) _replies++;
            return isReply || step.Status == FrameStatus.Unfit ? step : FrameStep.NeedMore(step.Taken);
        }
    }

    /// <summary>The server has closed.</summary>
    /// <returns>Whether that ends the reply that has begun.</returns>
    public bool TryEndReply()
    {
        if (!InReply || !framing.ToClient.EndsAtClose) return false;
        InReply = false;
        Interlocked.Increment(ref _replies);
        return true;
    }
}
