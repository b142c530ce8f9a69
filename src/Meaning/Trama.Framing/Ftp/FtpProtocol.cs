using Trama.Framing.Commands;

namespace Trama.Framing.Ftp;

/// <summary>FTP (RFC 959): commands and replies with codes.</summary>
internal sealed class FtpProtocol : Protocol
{
    private static readonly CommandVerbs Verbs = new(
        "USER PASS ACCT CWD CDUP SMNT REIN QUIT PORT PASV TYPE STRU MODE RETR STOR STOU APPE ALLO REST RNFR RNTO ABOR DELE RMD MKD PWD "
        + "LIST NLST SITE SYST STAT HELP NOOP AUTH ADAT PROT PBSZ CCC MIC CONF ENC FEAT OPTS EPRT EPSV LANG MDTM MFMT MLSD MLST SIZE HOST "
        + "XCWD XPWD XMKD XRMD XCUP CLNT");

    // What only FTP says.
    private static readonly Beginnings Asked = new(
        "PASV\r\n", "EPSV\r\n", "PORT ", "EPRT |", "TYPE A\r\n", "TYPE I\r\n", "CWD ", "PWD\r\n", "STOR ", "MLSD", "NLST", "RNFR ", "RNTO ",
        "SYST\r\n", "FEAT\r\n", "PBSZ ", "PROT ", "AUTH TLS\r\n", "AUTH SSL\r\n");

    private static readonly ReplyWords Answered = new(
        ("227", "passive mode"), ("229", "passive mode"), ("331", "password"), ("257", "director"), ("125", "data"), ("150", "data"),
        ("150", "directory"), ("226", "transfer"), ("226", "directory"));

    /// <inheritdoc/>
    public override string Name => "ftp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [21, 990];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        CommandsProtocol.Greeting(speaker, first, isHinted, "FTP"u8);

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Asked.Of(bytes).Or(Retrieval(bytes))
            : Answered.Of(bytes).Or(CommandsProtocol.Greeting(speaker, bytes, isHinted: false, "FTP"u8));

    /// <inheritdoc/>
    public override Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) =>
        speaker == Direction.ToServer ? Verbs.Of(bytes) : CodeReplyStream.Begins(bytes);

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue(Name, Verbs);
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }

    // POP3 retrieves by numbers.
    private static Likeness Retrieval(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> retrieves = "RETR "u8;
        Likeness likeness = Recognition.Begins(bytes, retrieves);
        if (likeness != Likeness.Yes) return likeness;
        ReadOnlySpan<byte> name = bytes[retrieves.Length..];
        int other = name.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return other < 0 ? Likeness.Open : name[other] is (byte)'\r' or (byte)'\n' or (byte)' ' ? Likeness.No : Likeness.Yes;
    }
}
