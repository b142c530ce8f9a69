namespace Trama.Framing.Commands;

/// <summary>POP3 (RFC 1939).</summary>
internal sealed class Pop3Protocol : Protocol
{
    private static readonly CommandVerbs Verbs = new("USER PASS APOP QUIT STAT LIST RETR DELE NOOP RSET TOP UIDL CAPA STLS AUTH UTF8 LANG");

    // What only POP3 says.
    private static readonly Beginnings Asked = new("UIDL\r\n", "CAPA\r\n", "STLS\r\n", "APOP ");

    private static readonly Beginnings ByNumber = new("RETR ", "DELE ", "TOP ");

    private static readonly Beginnings Answered = new("+OK ");

    /// <inheritdoc/>
    public override string Name => "pop3";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [110, 995];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No : Recognition.Begins(first, "+OK"u8).Or(Recognition.Begins(first, "-ERR "u8));

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Asked.Of(bytes).Or(Numbered(bytes)) : Answered.Of(bytes);

    /// <inheritdoc/>
    public override Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Verbs.Of(bytes) : PopReplyStream.Begins(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue(Name, Verbs);
        return new(Name, new CommandStream(dialogue), new PopReplyStream(dialogue));
    }

    // The commands that concern a message by its number; those of FTP by the same name have a path.
    private static Likeness Numbered(ReadOnlySpan<byte> bytes)
    {
        Likeness likeness = ByNumber.Of(bytes);
        if (likeness != Likeness.Yes) return likeness;
        ReadOnlySpan<byte> number = bytes[(bytes.IndexOf((byte)' ') + 1)..];
        int digits = number.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0) return Likeness.Open;
        return digits > 0 && number[digits] is (byte)'\r' or (byte)' ' ? Likeness.Yes : Likeness.No;
    }
}
