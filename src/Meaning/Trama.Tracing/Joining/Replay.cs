using Trama.Packets;

namespace Trama.Tracing.Joining;

/// <summary>Tells joined connections to a sink, as a tracker would tell those of one capture.</summary>
public static class Replay
{
    /// <summary>
    /// Tells each connection once, as the vantage point nearer to the client shows it, or the other where that has nothing. The
    /// server's and the network's time of an exchange that both captures have are measured, and not estimated.
    /// </summary>
    public static void Tell(this IReadOnlyList<JoinedConnection> connections, ITraceSink sink, Period? between = null)
    {
        ArgumentNullException.ThrowIfNull(connections);
        ArgumentNullException.ThrowIfNull(sink);
        var events = new List<(Timestamp At, Action Tell)>();
        foreach (JoinedConnection joined in connections)
        {
            Connection connection = joined.Shown;
            events.Add((connection.OpenedAt, () => sink.ConnectionOpened(connection)));
            Timestamp last = connection.OpenedAt;
            foreach (Exchange exchange in connection.Exchanges)
            {
                if (between?.Overlaps(exchange.FirstAt, exchange.LastAt) == false) continue;
                Timestamp told = (exchange.Reply ?? exchange.Request)!.LastAt;
                if (told > last) last = told;
                events.Add((last, () => sink.ExchangeCompleted(connection, exchange)));
            }

            events.Add((connection.LastAt > last ? connection.LastAt : last, () => sink.ConnectionEnded(connection)));
        }

        // Of one connection, nothing is told earlier than what came before it: the order of equal times is kept.
        foreach ((Timestamp _, Action tell) in events.OrderBy(e => e.At)) tell();
    }
}
