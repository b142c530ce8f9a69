namespace Trama.Framing.Commands;

/// <summary>Command lines answered by three digits and a text, as in SMTP and FTP.</summary>
internal sealed class CommandsProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "commands";

    // The codes with which SMTP and FTP servers greet.
    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No
            : Recognition.Begins(first, "220 "u8).Or(Recognition.Begins(first, "220-"u8)).Or(Recognition.Begins(first, "120 "u8))
                .Or(Recognition.Begins(first, "421 "u8)).Or(Recognition.Begins(first, "554 "u8));

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue();
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }
}
