using Trama.Diagnosis.Evidence;
using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A connection without a beginning whose numbers continue those of another one from the same host to the same server: a device
/// that translates addresses forgot it, and gave it another port (RFC 5382 section 5).
/// </summary>
internal static class TranslationLost
{
    public static Rule Rule { get; } = new(FindingId.TranslationLost)
    {
        Explains =
        [
            FindingId.ResetByServer, FindingId.ResetByClient, FindingId.MiddleboxReset, FindingId.IdleTimeout, FindingId.PeerVanished,
            FindingId.PacketLoss,
            FindingId.ResetOnUnreadData, FindingId.NoReply,
        ],
        BestSeen = Beside.Server,
        Excludes = [new(FindingId.ResetByServer, Exclusion.NumbersContinue), new(FindingId.CaptureLoss, Exclusion.NumbersContinue)],
    };

    /// <summary>The finding of a connection that goes on where an earlier one stood.</summary>
    public static Finding Of(in Continuation continuation, in Continuation earlier) =>
        new(FindingId.TranslationLost, Party.Network, Severity.Error)
        {
            Confidence = Confidence.Certain,
            Packets = [continuation.Packet],
            Sender = Side.Client,
            Facts = [new Fact(FactName.EarlierConnection, earlier.Connection),
                new Fact(FactName.IdleNs, Math.Max(0, continuation.At - earlier.At))],
        };
}
