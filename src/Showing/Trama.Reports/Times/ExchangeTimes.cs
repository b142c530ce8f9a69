using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports.Times;

/// <summary>The parts of an exchange's time, in nanoseconds, as forms for people show them: they always add up to the total.</summary>
/// <param name="RequestNs">The request's transfer.</param>
/// <param name="NetworkNs">The path to the server and back; null when it is not known, and then none of the total.</param>
/// <param name="ServerNs">The server's part.</param>
/// <param name="ReplyNs">The reply's transfer, as far as the request was over.</param>
/// <param name="TotalNs">All of it.</param>
internal readonly record struct ExchangeTimes(long RequestNs, long? NetworkNs, long ServerNs, long ReplyNs, long TotalNs)
{
    /// <summary>The times of an exchange; null when it has no end, or no beginning.</summary>
    public static ExchangeTimes? Of(Exchange exchange)
    {
        if (exchange.TotalNs is not { } total) return null;
        long left = Math.Max(0, total), whole = left;
        long request = Take(exchange.RequestTransferNs), server = Take(exchange.ServerNs);
        long? network = exchange.NetworkNs is null ? null : Take(exchange.NetworkNs);
        return new ExchangeTimes(request, network, server, left, whole);

        long Take(long? part)
        {
            long taken = Math.Clamp(part ?? 0, 0, left);
            left -= taken;
            return taken;
        }
    }

    /// <summary>One of the parts.</summary>
    public long this[ExchangePart part] => part switch
    {
        ExchangePart.RequestTransfer => RequestNs,
        ExchangePart.Network => NetworkNs ?? 0,
        ExchangePart.Server => ServerNs,
        _ => ReplyNs,
    };

    /// <summary>The times of this and another exchange together.</summary>
    public ExchangeTimes Plus(in ExchangeTimes other) => new(
        RequestNs + other.RequestNs, (NetworkNs ?? 0) + (other.NetworkNs ?? 0), ServerNs + other.ServerNs, ReplyNs + other.ReplyNs,
        TotalNs + other.TotalNs);

    /// <summary>The part that a party may be asked about: of those in which it has its hand, the longest.</summary>
    public ExchangePart PartOf(Party party)
    {
        ExchangeTimes times = this;
        ExchangePart[] its = party switch
        {
            Party.Server => [ExchangePart.Server, ExchangePart.ReplyTransfer],
            Party.Network => [ExchangePart.Network, ExchangePart.RequestTransfer, ExchangePart.ReplyTransfer],
            Party.Client => [ExchangePart.RequestTransfer, ExchangePart.ReplyTransfer],
            _ => Enum.GetValues<ExchangePart>(),
        };
        return its.MaxBy(part => times[part]);
    }
}
