using Trama.Peers.Sending;

namespace Trama.Cli.Commands.Sending;

/// <summary>Has replies printed, and everything recorded.</summary>
/// <param name="printer">Prints the replies.</param>
/// <param name="record">Keeps messages and replies; null keeps none.</param>
internal sealed class ClientLog(ReplyPrinter printer, ClientRecord? record) : IClientLog
{
    /// <inheritdoc/>
    public bool HearsSending => record is not null;

    /// <inheritdoc/>
    public void Sending(ReadOnlySpan<byte> bytes) => record?.Sending(bytes);

    /// <inheritdoc/>
    public void EndMessage() => record?.EndMessage();

    /// <inheritdoc/>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        record?.Received(bytes);
        printer.Take(bytes);
    }

    /// <inheritdoc/>
    public void EndReply()
    {
        record?.EndReply();
        printer.End();
    }

    /// <inheritdoc/>
    public void Pause() => printer.Flush();
}
