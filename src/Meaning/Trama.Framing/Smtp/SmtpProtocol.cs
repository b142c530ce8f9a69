using Trama.Framing.Commands;

namespace Trama.Framing.Smtp;

/// <summary>SMTP (RFC 5321): commands and replies with codes.</summary>
internal sealed class SmtpProtocol : Protocol
{
    /// <inheritdoc/>
    public override string Name => "smtp";

    /// <inheritdoc/>
    public override ReadOnlySpan<ushort> Ports => [25, 587, 2525];

    /// <inheritdoc/>
    public override Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted) =>
        CommandsProtocol.Greeting(speaker, first, isHinted, "SMTP"u8);

    /// <inheritdoc/>
    public override Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Likeness.No;

    /// <inheritdoc/>
    public override ConnectionFraming Create()
    {
        var dialogue = new CommandDialogue();
        return new(Name, new CommandStream(dialogue), new CodeReplyStream(dialogue));
    }
}
