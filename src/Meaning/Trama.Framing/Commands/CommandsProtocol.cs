namespace Trama.Framing.Commands;

/// <summary>Command lines answered by three digits and a text, as in SMTP and FTP.</summary>
internal sealed class CommandsProtocol : Protocol
{
    private static readonly CommandVerbs Verbs = new(
        "HELO EHLO LHLO MAIL RCPT DATA BDAT RSET VRFY EXPN HELP NOOP QUIT STARTTLS AUTH USER PASS ACCT CWD CDUP PORT PASV TYPE RETR STOR "
        + "LIST NLST REST RNFR RNTO ABOR DELE RMD MKD PWD SITE SYST STAT PROT PBSZ FEAT OPTS EPRT EPSV MDTM MLSD MLST SIZE");

    /// <inheritdoc/>
    public override string Name => "commands";

    /// <summary>Whether bytes are a greeting of a server that names its protocol, or of any when a hint does.</summary>
    public static Likeness Greeting(Direction speaker, ReadOnlySpan<byte> first, bool isHinted, ReadOnlySpan<byte> name)
    {
        if (speaker == Direction.ToServer) return Likeness.No;
        Likeness likeness = Code(first);
        if (likeness != Likeness.Yes || isHinted || first.IndexOf(name) >= 0) return likeness;
        return first.Contains((byte)'\n') ? Likeness.No : Likeness.Open;
    }

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        speaker == Direction.ToServer ? Likeness.No : Code(first);

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue(Name, Verbs);
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }

    // The codes with which SMTP and FTP servers greet.
    private static Likeness Code(ReadOnlySpan<byte> first) =>
        Recognition.Begins(first, "220 "u8).Or(Recognition.Begins(first, "220-"u8)).Or(Recognition.Begins(first, "120 "u8))
            .Or(Recognition.Begins(first, "421 "u8)).Or(Recognition.Begins(first, "554 "u8));
}
