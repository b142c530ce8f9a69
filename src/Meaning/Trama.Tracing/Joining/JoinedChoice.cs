using Trama.Tracing.Choosing;

namespace Trama.Tracing.Joining;

/// <summary>Of which exchanges a condition holds, by what two captures know together: only both tell the server's time from the
/// network's.</summary>
public static class JoinedChoice
{
    /// <summary>Decides each exchange that the captures kept.</summary>
    /// <param name="captures">The captures, read without the condition.</param>
    /// <param name="where">The condition.</param>
    /// <returns>The condition for each capture when it is read once more. Of an exchange that was not kept it decides by that capture
    /// alone.</returns>
    public static (ExchangeCondition First, ExchangeCondition Second) Of(JoinedCapture captures, ExchangeCondition where)
    {
        ArgumentNullException.ThrowIfNull(captures);
        ArgumentNullException.ThrowIfNull(where);
        Dictionary<(long, long), bool> first = [], second = [];
        foreach (JoinedConnection joined in captures.Connections)
        {
            (Dictionary<(long, long), bool> atClient, Dictionary<(long, long), bool> atServer) = joined.FirstIsNear
                ? (first, second) : (second, first);
            foreach (Exchange exchange in joined.AtClient?.Exchanges ?? [])
                atClient[(joined.NumberAtClient!.Value, exchange.Index)] = where.HoldsOf(joined.AtClient!, exchange);
            foreach (Exchange exchange in joined.AtServer?.Exchanges ?? [])
                atServer[(joined.NumberAtServer!.Value, exchange.Index)] = where.HoldsOf(joined.AtServer!, exchange);
            // Joining told the client's exchange the times that both know.
            foreach (JoinedExchange both in joined.Exchanges) atServer[(joined.NumberAtServer!.Value, both.AtServer.Index)] =
                atClient[(joined.NumberAtClient!.Value, both.AtClient.Index)];
        }

        return (where.With(first), where.With(second));
    }
}
