namespace Trama.Framing.Telnet;

/// <summary>
/// One direction of Telnet: a message is all that one side says until the other speaks, without the commands in between (RFC 854, RFC 855).
/// People type, so nothing is due; and since what they type may be a password, nothing of it is an operation.
/// </summary>
internal sealed class TelnetStream : StreamFraming
{
    /// <summary>IAC: a command follows, or the byte itself.</summary>
    public const byte Escape = 255;

    /// <summary>The first of the four commands that are followed by an option.</summary>
    public const byte Will = 251;

    /// <summary>The last of them.</summary>
    public const byte Dont = 254;

    private const byte Begin = 250;
    private const byte End = 240;

    private State _state;

    private enum State : byte
    {
        Text,
        Escaped,
        Option,
        Negotiation,
        NegotiationEscaped,
    }

    /// <inheritdoc/>
    public override bool EndsAtClose => true;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end) => end.ReplyDue = false;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_state == State.Text)
        {
            int escape = bytes.IndexOf(Escape);
            if (escape != 0) return FrameStep.Piece(escape < 0 ? bytes.Length : escape, 0);
        }

        int at = 0;
        do _state = After(bytes[at++]);
        while (at < bytes.Length && (_state != State.Text || bytes[at] == Escape));
        return FrameStep.Between(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        _state = State.Text;
        return FrameStep.Piece(count, 0);
    }

    private State After(byte value) => _state switch
    {
        State.Text => State.Escaped,
        State.Escaped => value is >= Will and <= Dont ? State.Option : value == Begin ? State.Negotiation : State.Text,
        State.Negotiation => value == Escape ? State.NegotiationEscaped : State.Negotiation,
        State.NegotiationEscaped => value == End ? State.Text : State.Negotiation,
        _ => State.Text,
    };
}
