using Trama.Framing.Commands;

namespace Trama.Framing.Smtp;

/// <summary>SMTP (RFC 5321): commands and replies with codes.</summary>
internal sealed class SmtpProtocol : Protocol
{
    private static readonly CommandVerbs Verbs = new(
        "HELO EHLO LHLO MAIL RCPT DATA BDAT RSET VRFY EXPN HELP NOOP QUIT STARTTLS AUTH ETRN XCLIENT XFORWARD");

    // What only SMTP says.
    private static readonly Beginnings Asked = new(
        "EHLO ", "HELO ", "MAIL FROM:", "RCPT TO:", "DATA\r\n", "STARTTLS\r\n", "VRFY ", "BDAT ");

    private static readonly ReplyWords AnsweredByWord = new(("354", "end"), ("354", "go ahead"));

    private static readonly Beginnings Answered = new(
        "250-SIZE", "250-8BITMIME", "250-PIPELINING", "250-STARTTLS\r", "250-AUTH ", "250-ENHANCEDSTATUSCODES",
        "334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n");

    /// <inheritdoc/>
    public override string Name => "smtp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [25, 465, 587, 2525];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        CommandsProtocol.Greeting(speaker, first, isHinted, "SMTP"u8);

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Asked.Of(bytes)
            : Answered.Of(bytes).Or(AnsweredByWord.Of(bytes)).Or(Enhanced(bytes))
                .Or(CommandsProtocol.Greeting(speaker, bytes, isHinted: false, "SMTP"u8));

    /// <inheritdoc/>
    public override Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Verbs.Of(bytes) : CodeReplyStream.Begins(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue(Name, Verbs);
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }

    // A code with another one behind it that begins with the same digit (RFC 2034): 250 2.1.5.
    private static Likeness Enhanced(ReadOnlySpan<byte> bytes)
    {
        const string Shape = "000 0.0.0";
        for (int at = 0; at < Math.Min(bytes.Length, Shape.Length); at++)
        {
            bool fits = Shape[at] == '0' ? char.IsAsciiDigit((char)bytes[at]) : bytes[at] == Shape[at] || (at == 3 && bytes[at] == '-');
            if (!fits) return Likeness.No;
        }

        if (bytes.Length < Shape.Length) return Likeness.Open;
        return bytes[0] is >= (byte)'2' and <= (byte)'5' && bytes[4] == bytes[0] ? Likeness.Yes : Likeness.No;
    }
}
