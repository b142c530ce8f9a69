using Trama.Peers.Sending;

namespace Trama.Cli.Commands.Sending;

/// <summary>Has what a client says and hears shown as packets too.</summary>
/// <param name="log">Hears everything first.</param>
/// <param name="sockets">Makes packets of it.</param>
internal sealed class OverheardLog(IClientLog log, SentConversation sockets) : IClientLog
{
    /// <inheritdoc/>
    public bool HearsSending => true;

    /// <inheritdoc/>
    public void Sending(ReadOnlySpan<byte> bytes)
    {
        sockets.Say(byClient: true, bytes);
        log.Sending(bytes);
    }

    /// <inheritdoc/>
    public void EndMessage() => log.EndMessage();

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        sockets.Say(byClient: false, bytes);
        log.Received(bytes);
    }

    /// <inheritdoc/>
    public void EndReply() => log.EndReply();

    /// <inheritdoc/>
    public void Pause() => log.Pause();
}
