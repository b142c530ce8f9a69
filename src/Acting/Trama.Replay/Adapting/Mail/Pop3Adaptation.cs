using Trama.Tracing;

namespace Trama.Replay.Adapting.Mail;

/// <summary>POP3: TLS is not offered within a connection.</summary>
internal sealed class Pop3Adaptation : Adaptation
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying) => saying.Occasion.Self == Side.Client ? saying.Bytes
        : TlsOffers.Removed(saying.Bytes, "\r\nSTLS");
}
