namespace Trama.Tracing.Tracking;

/// <summary>Exchanges and messages to use again, so that a steady stream of them allocates nothing; and what is kept of them
/// instead.</summary>
internal sealed class MessagePool(TracingOptions options, Budgets budgets, SpareMessages spares)
{
    /// <summary>What waits to be used again, by the thread at hand.</summary>
    public SpareMessages Spares { get; set; } = spares;

    /// <summary>What the beginnings of messages may hold.</summary>
    public HeadBudget Heads { get; } = new(budgets.Heads);

    public Message TakeMessage() => Spares.Messages.Take();

    public Exchange TakeExchange() => Spares.Exchanges.Take();

    /// <summary>An exchange was told: its connection keeps it, or it is used again.</summary>
    public void KeepOrReuse(Connection connection, Exchange exchange, bool mayKeep = true)
    {
        bool isWanted = mayKeep && options.KeepExchanges && options.KeptOf?.Overlaps(exchange.FirstAt, exchange.LastAt) != false;
        if (isWanted && !budgets.Exchanges.IsSpent && connection.Keep(exchange))
        {
            budgets.Exchanges.Take(1);
            exchange.IsLent = false;
            return;
        }

        if (isWanted) connection.OmittedExchanges++;
        Uncount(exchange);
        if (!exchange.IsLent) Reuse(exchange);
    }

    /// <summary>An exchange whose messages count no longer is used again.</summary>
    public void Reuse(Exchange exchange)
    {
        Add(exchange.Request);
        Add(exchange.Reply);
        if (exchange.HasInterim) foreach (Message interim in exchange.Interim) Add(interim);
        exchange.Clear();
        Spares.Exchanges.Add(exchange);
    }

    /// <summary>A message that belongs to no exchange is used again.</summary>
    public void Reuse(Message message)
    {
        message.Uncount(Heads);
        Add(message);
    }

    private void Uncount(Exchange exchange)
    {
        exchange.Request?.Uncount(Heads);
        exchange.Reply?.Uncount(Heads);
        if (exchange.HasInterim) foreach (Message interim in exchange.Interim) interim.Uncount(Heads);
    }

    private void Add(Message? message)
    {
        if (message is null) return;
        message.Reuse();
        Spares.Messages.Add(message);
    }

    /// <summary>A connection was told of as ended: what it keeps is no longer counted.</summary>
    public void Forget(Connection connection) => budgets.Exchanges.Release(connection.Exchanges.Count);
}
