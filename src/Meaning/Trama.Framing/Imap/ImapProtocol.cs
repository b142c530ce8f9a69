namespace Trama.Framing.Imap;

/// <summary>IMAP (RFC 9051, RFC 3501): commands and replies that a tag pairs.</summary>
internal sealed class ImapProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "imap";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [143, 993];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No
            : Recognition.Begins(first, "* OK "u8).Or(Recognition.Begins(first, "* PREAUTH "u8)).Or(Recognition.Begins(first, "* BYE "u8));

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? ImapBeginning.CertainCommand(bytes) : ImapBeginning.Outcome(bytes);

    /// <inheritdoc/>
    public override Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? ImapBeginning.Command(bytes) : ImapBeginning.Outcome(bytes).Or(Recognition.Begins(bytes, "* "u8));

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new ImapDialogue();
        return new(Name, new ImapCommandStream(dialogue), new ImapReplyStream(dialogue));
    }
}
