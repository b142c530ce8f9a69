using Trama.Tracing;

namespace Trama.Scrubbing.Checking;

/// <summary>What must be the same of an exchange after a scrub: its protocol, sizes, times and outcome.</summary>
internal readonly record struct ExchangeShape(
    string? Protocol, long? Stream, MessageShape Request, MessageShape Reply, long? ServerNs, bool? Failed, bool? ReplyDue)
{
    /// <summary>That of an exchange.</summary>
    public static ExchangeShape Of(Exchange exchange) => new(
        exchange.Protocol, exchange.Stream, MessageShape.Of(exchange.Request), MessageShape.Of(exchange.Reply), exchange.ServerNs,
        exchange.Failed, exchange.ReplyDue);
}
