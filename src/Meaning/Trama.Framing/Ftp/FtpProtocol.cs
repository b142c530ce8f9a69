using Trama.Framing.Commands;

namespace Trama.Framing.Ftp;

/// <summary>FTP (RFC 959): commands and replies with codes.</summary>
internal sealed class FtpProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "ftp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [21];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        CommandsProtocol.Greeting(speaker, first, isHinted, "FTP"u8);

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue();
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }
}
