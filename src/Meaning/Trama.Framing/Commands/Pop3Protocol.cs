namespace Trama.Framing.Commands;

/// <summary>POP3 (RFC 1939).</summary>
internal sealed class Pop3Protocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "pop3";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [110];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No : Recognition.Begins(first, "+OK"u8).Or(Recognition.Begins(first, "-ERR "u8));

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue();
        return new(Name, new CommandStream(dialogue), new PopReplyStream(dialogue));
    }
}
