namespace Trama.Framing.Imap;

/// <summary>IMAP (RFC 9051, RFC 3501): commands and replies that a tag pairs.</summary>
internal sealed class ImapProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "imap";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [143];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No
            : Recognition.Begins(first, "* OK "u8).Or(Recognition.Begins(first, "* PREAUTH "u8)).Or(Recognition.Begins(first, "* BYE "u8));

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new ImapDialogue();
        return new(Name, new ImapCommandStream(dialogue), new ImapReplyStream(dialogue));
    }
}
