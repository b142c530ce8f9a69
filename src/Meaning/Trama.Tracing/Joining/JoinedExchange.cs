using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>
/// One exchange as both captures show it, and where its time went, in nanoseconds. Nothing of it is estimated but the clocks.
/// </summary>
/// <param name="AtClient">The exchange nearer to the client.</param>
/// <param name="AtServer">The exchange nearer to the server.</param>
/// <param name="ToServerNs">From the request's last byte leaving to its last byte arriving, retransmissions included.</param>
/// <param name="KernelNs">From there to the server's kernel acknowledging it; absent when the reply carried that, or a delay was
/// due.</param>
/// <param name="ServerNs">From the request's last byte arriving to the reply's first byte leaving: kernel and program.</param>
/// <param name="ToClientNs">From the reply's first byte leaving to its first byte arriving.</param>
public sealed record JoinedExchange(Exchange AtClient, Exchange AtServer, long ToServerNs, long? KernelNs, long ServerNs, long ToClientNs)
{
    /// <summary>Pairs the exchanges of a connection that have a request and a reply.</summary>
    /// <param name="connection">The connection, seen from its first byte on by both captures.</param>
    /// <param name="clientClock">Turns the time of the capture nearer to the client into the common one.</param>
    /// <param name="serverClock">The same for the other capture.</param>
    internal static IReadOnlyList<JoinedExchange> Of(JoinedConnection connection, Func<Timestamp, Timestamp> clientClock,
        Func<Timestamp, Timestamp> serverClock)
    {
        if (connection is not { AtClient: { ToServer.Syn: true } atClient, AtServer: { ToServer.Syn: true } atServer }) return [];
        var byOffset = new Dictionary<(long Request, long Reply), Exchange>();
        foreach (Exchange exchange in atServer.Exchanges)
            if (exchange is { Request: { } request, Reply: { } reply }) byOffset[(request.Offset, reply.Offset)] = exchange;

        var joined = new List<JoinedExchange>();
        foreach (Exchange near in atClient.Exchanges)
        {
            if (near is not { Request: { } request, Reply: { } reply }
                || !byOffset.TryGetValue((request.Offset, reply.Offset), out Exchange? far)) continue;
            Timestamp arrived = serverClock(far.Request!.LastAt), answered = serverClock(far.Reply!.FirstAt);
            Timestamp? acknowledged = far.Request.AcknowledgedAt is { } at ? serverClock(at) : null;
            // What one capture can only estimate.
            near.ServerNs = answered - arrived;
            near.NetworkNs = reply.FirstAt - request.LastAt - near.ServerNs;
            joined.Add(new JoinedExchange(
                near, far, arrived - clientClock(request.LastAt), acknowledged < answered ? acknowledged - arrived : null,
                answered - arrived, clientClock(reply.FirstAt) - answered));
        }

        return joined;
    }
}
