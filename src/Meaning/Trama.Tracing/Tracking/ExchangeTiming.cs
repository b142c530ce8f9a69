using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Divides the time of an exchange as docs/timing.md draws it.</summary>
internal static class ExchangeTiming
{
    /// <param name="exchange">The exchange, with its messages.</param>
    /// <param name="pathNs">From the vantage point to the server and back, in nanoseconds; absent when never measured.</param>
    public static void Divide(Exchange exchange, long? pathNs)
    {
        (Message? request, Message? reply) = (exchange.Request, exchange.Reply);
        exchange.RequestTransferNs = request is null ? null : request.LastAt - request.FirstAt;
        exchange.ReplyTransferNs = reply is null ? null : reply.LastAt - reply.FirstAt;
        if (request is null || reply is null)
        {
            (exchange.ServerNs, exchange.NetworkNs, exchange.TotalNs) = (null, null, null);
            return;
        }

        exchange.TotalNs = reply.LastAt - request.FirstAt;
        long waitedNs = Math.Max(0, reply.FirstAt - request.LastAt);
        if (pathNs is not { } path)
        {
            (exchange.ServerNs, exchange.NetworkNs) = (waitedNs, null);
            return;
        }

        long networkNs = Math.Clamp(Arrival(request, path) - request.LastAt, 0, waitedNs);
        (exchange.NetworkNs, exchange.ServerNs) = (networkNs, waitedNs - networkNs);
    }

    // When a reply that took the server no time would have been seen.
    private static Timestamp Arrival(Message request, long path)
    {
        Timestamp sentAt = request.DeliveredAt;
        // A long request may fill queues on the path, which the acknowledgements of its first parts show.
        path = Math.Max(path, request.RecentPathNs);
        if (request.AcknowledgedAt is not { } acknowledgedAt) return new Timestamp(sentAt.Nanoseconds + path);
        // An acknowledgement sooner than half the path after a retransmission answers what was sent before it.
        if (acknowledgedAt - sentAt < path / 2) sentAt = request.DeliveredBefore;
        return new Timestamp(Math.Min(sentAt.Nanoseconds + path, acknowledgedAt.Nanoseconds));
    }
}
