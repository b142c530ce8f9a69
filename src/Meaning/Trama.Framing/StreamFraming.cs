namespace Trama.Framing;

/// <summary>
/// Says where messages end in one direction of a connection. It is given each byte of the stream once, in order, cut
/// anywhere; it does no I/O and keeps no message, so a limit on message size belongs to the loop that calls it.
/// </summary>
public abstract class StreamFraming
{
    /// <summary>Bytes taken so far, since the stream began.</summary>
    public long Position { get; private set; }

    /// <summary>Where and why the bytes did not fit; meaningful after <see cref="FrameStatus.Unfit"/>.</summary>
    public FramingFailure Failure { get; private set; }

    /// <summary>What the protocol says of the message just completed.</summary>
    public virtual MessageTraits Traits => MessageTraits.None;

    /// <summary>A few words for the message just completed or in progress, in UTF-8 (<c>GET /x</c>); empty when its own
    /// first bytes say as much. It may hold any byte a peer sent. Valid until the next call of <see cref="Take"/>.</summary>
    public virtual ReadOnlySpan<byte> Description => default;

    /// <summary>Completes what is known of the message just completed, or cut: its traits and words, and key, operation, status and whether a reply is due
    /// where the protocol has them.</summary>
    public virtual void Describe(ref MessageEnd end)
    {
        end.Traits = Traits;
        end.Description = Description;
    }

    /// <summary>Where in bytes that follow missing ones a message begins that can be told for certain (two chained headers that are valid, or what the protocol
    /// has); -1 when nowhere.</summary>
    public virtual int Boundary(ReadOnlySpan<byte> bytes) => MayBegin(bytes) ? 0 : -1;

    /// <summary>Whether the end of the stream is a proper end of the message in progress.</summary>
    public virtual bool EndsAtClose => false;

    /// <summary>
    /// Whether bytes are missing that would tell where the message in progress ends. It goes on until the other side speaks or bytes come that
    /// <see cref="MayBegin"/> a message; <see cref="EndTurn"/> tells of both.
    /// </summary>
    public bool IsLost { get; private set; }

    /// <summary>The rule by which both directions go on after a message with <see cref="MessageTraits.ProtocolChange"/>.</summary>
    public virtual FramingRule Next => FramingRule.Turns;

    /// <summary>Takes the next bytes of the stream, up to the end of the message at most.</summary>
    /// <param name="bytes">The bytes that follow those taken before; at least one.</param>
    /// <returns>How many were taken and whether the message is complete. After <see cref="FrameStatus.Unfit"/> the
    /// framing is of no further use to its stream.</returns>
    public FrameStep Take(ReadOnlySpan<byte> bytes)
    {
        FrameStep step = IsLost ? FrameStep.NeedMore(bytes.Length) : Scan(bytes);
        Position += step.Taken;
        return step;
    }

    /// <summary>Passes over bytes that the stream has but nobody saw.</summary>
    /// <param name="count">How many are missing, 1 or more.</param>
    /// <returns>As <see cref="Take"/>: they fit only where their values do not matter.</returns>
    public FrameStep Skip(int count)
    {
        FrameStep step = IsLost ? FrameStep.NeedMore(count) : Pass(count);
        Position += step.Taken;
        return step;
    }

    /// <summary>Whether bytes are recognisably the beginning of a message, as far as they go.</summary>
    public virtual bool MayBegin(ReadOnlySpan<byte> bytes) => true;

    /// <summary>The message in progress ends before the next byte: it <see cref="IsLost"/> or the framing is by turns, and the other side has
    /// spoken; or it is lost, and bytes came that begin another one.</summary>
    public virtual void EndTurn() => IsLost = false;

    /// <inheritdoc cref="Take"/>
    protected abstract FrameStep Scan(ReadOnlySpan<byte> bytes);

    /// <inheritdoc cref="Skip"/>
    protected virtual FrameStep Pass(int count) => Unfit(FramingFault.MissingBytes, 0);

    /// <summary>Passes over missing bytes, with which the end of the message in progress is lost. The framing stands between messages then.</summary>
    protected FrameStep Lose(int count)
    {
        IsLost = true;
        return FrameStep.NeedMore(count);
    }

    /// <summary>Refuses the bytes.</summary>
    /// <param name="fault">The reason.</param>
    /// <param name="at">The byte that does not fit, relative to the first one given; negative when it was taken before.</param>
    protected FrameStep Unfit(FramingFault fault, int at)
    {
        Failure = new FramingFailure(fault, Position + at);
        return new FrameStep(FrameStatus.Unfit, 0);
    }
}
