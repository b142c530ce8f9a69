using Trama.Framing.Bodies;

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

    /// <summary>Completes what is known of the message just completed, or cut: its traits and words, and key, operation, status and whether
    /// a reply is due where the protocol has them.</summary>
    public virtual void Describe(ref MessageEnd end)
    {
        end.Traits = Traits;
        end.Description = Description;
    }

    /// <summary>Where in bytes that follow missing ones a message begins that can be told for certain (two chained headers that are valid,
    /// or what the protocol has); -1 when nowhere. Asked of each piece while the stream <see cref="IsLost"/>.</summary>
    public virtual int Boundary(ReadOnlySpan<byte> bytes) => MayBegin(bytes) ? 0 : -1;

    /// <summary>After <see cref="FrameStatus.Carry"/>: bytes of the layer above, valid until the next call; may be empty.</summary>
    /// <param name="taken">The bytes that the step took, for those that pass as they are.</param>
    public virtual ReadOnlySpan<byte> Carried(ReadOnlySpan<byte> taken) => taken;

    /// <summary>After <see cref="FrameStatus.Carry"/>: the positions, in this stream, of the bytes that carried them: those of the step,
    /// unless they were kept for a while.</summary>
    /// <param name="taken">How many bytes the step took.</param>
    public virtual Origin CarriedAt(int taken) => new(Position - taken, Position);

    /// <summary>After <see cref="FrameStatus.Carry"/>: how many bytes of the layer above are missing before <see cref="Carried"/>, 0
    /// for none, or
    /// <see cref="UnknownCount"/>.</summary>
    public virtual long CarriedMissing => 0;

    /// <summary>Whether bytes of the layer above are missing that <see cref="CarriedMissing"/> will tell of once it is known how
    /// many.</summary>
    public virtual bool HasUntoldLoss => false;

    /// <summary>What was carried is read: its memory may be used for something else.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Whether there is something to carry that was kept back until now, since only the other side could say whether it counts;
    /// then <see cref="Carried"/> has it.</summary>
    /// <param name="isDue">Whether it cannot wait longer: the other side's bytes are to be carried, or the stream is over.</param>
    public virtual bool TryTellKept(bool isDue) => false;

    /// <summary>Some bytes, and nobody knows how many.</summary>
    public const long UnknownCount = -1;

    /// <summary>Whether the bytes are those of a layer above, or become such.</summary>
    public virtual bool Carries => false;

    /// <summary>The position of the first byte of which something to carry may still come: <see cref="Position"/> when nothing is
    /// kept.</summary>
    public virtual long HeldFrom => Position;

    /// <summary>Whether the end of the stream is a proper end of the message in progress.</summary>
    public virtual bool EndsAtClose => false;

    /// <summary>
    /// Whether bytes are missing that would tell where the message in progress ends. It goes on until the other side speaks; the stream is
    /// lost until bytes come that have a <see cref="Boundary"/>.
    /// </summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether bytes between a loss and the next boundary count as a message: so where messages come one at a time.</summary>
    public virtual bool LossIsMessage => true;

    /// <summary>The rule by which both directions go on after a message with <see cref="MessageTraits.ProtocolChange"/>.</summary>
    public virtual FramingRule Next => FramingRule.Turns;

    /// <summary>Of the bytes that a step took, those of the message's body. Asked of where bodies are read.</summary>
    internal virtual ReadOnlySpan<byte> BodyPiece(ReadOnlySpan<byte> taken) => default;

    /// <summary>How many bytes of the message's body the last <see cref="Skip"/> passed over.</summary>
    internal virtual long BodyMissing => 0;

    /// <summary>What is known of the body of which the step's bytes are the first; null for nothing.</summary>
    internal virtual BodyFields? BodyFields => null;

    /// <summary>What a step that has no bytes of a body says; may be empty. Asked of where all is told.</summary>
    internal virtual ReadOnlySpan<byte> HeadPiece(ReadOnlySpan<byte> taken, out ContentKind kind)
    {
        kind = ContentKind.Head;
        return taken;
    }

    /// <summary>Takes the next bytes of the stream, up to the end of the message at most.</summary>
    /// <param name="bytes">The bytes that follow those taken before; at least one.</param>
    /// <returns>How many were taken and whether the message is complete. After <see cref="FrameStatus.Unfit"/> the
    /// framing is of no further use to its stream.</returns>
    public FrameStep Take(ReadOnlySpan<byte> bytes)
    {
        FrameStep step = IsLost ? Loss(bytes.Length) : Scan(bytes);
        Position += step.Taken;
        return step;
    }

    /// <summary>Passes over bytes that the stream has but nobody saw.</summary>
    /// <param name="count">How many are missing, 1 or more.</param>
    /// <returns>As <see cref="Take"/>: they fit only where their values do not matter.</returns>
    public FrameStep Skip(int count)
    {
        FrameStep step = IsLost ? Loss(count) : Pass(count);
        Position += step.Taken;
        return step;
    }

    /// <summary>Whether bytes are recognisably the beginning of a message, as far as they go.</summary>
    public virtual bool MayBegin(ReadOnlySpan<byte> bytes) => true;

    /// <summary>The message in progress ends before the next byte: it <see cref="IsLost"/> or the framing is by turns, and the other side
    /// has spoken.</summary>
    public virtual void EndTurn()
    {
    }

    /// <summary>Gives up where the stream stands, after missing bytes.</summary>
    /// <returns>False when the framing has no way to find a message again.</returns>
    public bool TryLose()
    {
        if (IsLost) return true;
        return IsLost = TryForget();
    }

    /// <summary>The next byte begins a message.</summary>
    public void Find() => IsLost = false;

    /// <summary>Forgets the message in progress and stands between messages, so that <see cref="Boundary"/> may find another; false, and
    /// nothing changed, when there are no boundaries to find.</summary>
    protected virtual bool TryForget() => false;

    /// <inheritdoc cref="Take"/>
    protected abstract FrameStep Scan(ReadOnlySpan<byte> bytes);

    /// <inheritdoc cref="Skip"/>
    protected virtual FrameStep Pass(int count) => TryLose() ? Loss(count) : Unfit(FramingFault.MissingBytes, 0);

    /// <summary>Passes over missing bytes, with which the end of the message in progress is lost. The framing already stands between
    /// messages.</summary>
    protected FrameStep Lose(int count)
    {
        IsLost = true;
        return Loss(count);
    }

    private FrameStep Loss(int count) => LossIsMessage ? FrameStep.NeedMore(count) : FrameStep.Between(count);

    /// <summary>Refuses the bytes.</summary>
    /// <param name="fault">The reason.</param>
    /// <param name="at">The byte that does not fit, relative to the first one given; negative when it was taken before.</param>
    protected FrameStep Unfit(FramingFault fault, int at)
    {
        Failure = new FramingFailure(fault, Position + at);
        return new FrameStep(FrameStatus.Unfit, 0);
    }
}
