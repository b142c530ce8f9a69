using Trama.Peers.Sending;

namespace Trama.Cli.Commands.Sending;

/// <summary>Shows what comes above the line that a person is writing, and has everything recorded.</summary>
/// <param name="input">The lines.</param>
/// <param name="record">Keeps messages and replies; null keeps none.</param>
internal sealed class TerminalLog(EditedInput input, ClientRecord? record) : IClientLog
{
    /// <inheritdoc/>
    public bool HearsSending => true;

    /// <inheritdoc/>
    public void Sending(ReadOnlySpan<byte> bytes) => record?.Sending(bytes);

    /// <inheritdoc/>
    public void EndMessage() => record?.EndMessage();

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        record?.Received(bytes);
        input.Show(bytes);
    }

    /// <inheritdoc/>
    public void EndReply() => record?.EndReply();

    /// <inheritdoc/>
    public void Pause() => EndReply();
}
