using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>What is compared of an exchange.</summary>
/// <param name="RequestBytes">The size of the request; null where there is none.</param>
/// <param name="ReplyBytes">The size of the reply; null where there is none.</param>
/// <param name="ServerNs">How long the server took; null where that is not known.</param>
/// <param name="TotalNs">How long all took; null where that is not known.</param>
/// <param name="Failed">Whether the reply reports an error.</param>
public readonly record struct SeenExchange(long? RequestBytes, long? ReplyBytes, long? ServerNs, long? TotalNs, bool? Failed)
{
    /// <summary>That of an exchange.</summary>
    public static SeenExchange Of(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return new(exchange.Request?.Bytes, exchange.Reply?.Bytes, exchange.ServerNs, exchange.TotalNs, exchange.Failed);
    }
}
