namespace Trama.Tracing.Tracking;

/// <summary>Exchanges and messages to use again, so that a steady stream of them allocates nothing; and what is kept of them
/// instead.</summary>
internal sealed class MessagePool(TracingOptions options)
{
    private const int MaxUnused = 4096;

    private readonly Stack<Message> _messages = new();
    private readonly Stack<Exchange> _exchanges = new();
    private int _kept;

    /// <summary>What the beginnings of messages may hold.</summary>
    public HeadBudget Heads { get; } = new(options.MaxHeadBytes);

    public Message TakeMessage() => _messages.TryPop(out Message? message) ? message : new Message();

    public Exchange TakeExchange() => _exchanges.TryPop(out Exchange? exchange) ? exchange : new Exchange();

    /// <summary>An exchange was told: its connection keeps it, or it is used again.</summary>
    public void KeepOrReuse(Connection connection, Exchange exchange)
    {
        bool isWanted = options.KeepExchanges && options.KeptOf?.Overlaps(exchange.FirstAt, exchange.LastAt) != false;
        if (isWanted && _kept < options.MaxKeptExchanges && connection.Keep(exchange))
        {
            _kept++;
            return;
        }

        if (isWanted) connection.OmittedExchanges++;
        Reuse(exchange);
    }

    /// <summary>An exchange that nobody was told of is used again.</summary>
    public void Reuse(Exchange exchange)
    {
        Reuse(exchange.Request);
        Reuse(exchange.Reply);
        for (int i = 0; i < exchange.Interim.Count; i++) Reuse(exchange.Interim[i]);
        exchange.Clear();
        if (_exchanges.Count < MaxUnused) _exchanges.Push(exchange);
    }

    /// <summary>A message that belongs to no exchange is used again.</summary>
    public void Reuse(Message? message)
    {
        if (message is null) return;
        message.Reuse(Heads);
        if (_messages.Count < MaxUnused) _messages.Push(message);
    }

    /// <summary>A connection was told of as ended: what it keeps is no longer counted.</summary>
    public void Forget(Connection connection) => _kept -= connection.Exchanges.Count;
}
