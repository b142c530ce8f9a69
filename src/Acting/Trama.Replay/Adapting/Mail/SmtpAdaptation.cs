using Trama.Tracing;

namespace Trama.Replay.Adapting.Mail;

/// <summary>SMTP: TLS is not offered within a connection.</summary>
internal sealed class SmtpAdaptation : Adaptation
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying) =>
        saying.Occasion.Self == Side.Client ? saying.Bytes : TlsOffers.WithoutLine(saying.Bytes, "STARTTLS");
}
