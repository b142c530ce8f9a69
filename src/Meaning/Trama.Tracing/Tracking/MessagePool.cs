namespace Trama.Tracing.Tracking;

/// <summary>Exchanges and messages to use again, so that a steady stream of them allocates nothing; and what is kept of them
/// instead.</summary>
internal sealed class MessagePool(TracingOptions options)
{
    private readonly Unused<Message> _messages = new();
    private readonly Unused<Exchange> _exchanges = new();
    private int _kept;

    /// <summary>What the beginnings of messages may hold.</summary>
    public HeadBudget Heads { get; } = new(options.MaxHeadBytes);

    public Message TakeMessage() => _messages.Take();

    public Exchange TakeExchange() => _exchanges.Take();

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
        if (exchange.HasInterim) foreach (Message interim in exchange.Interim) Reuse(interim);
        exchange.Clear();
        _exchanges.Add(exchange);
    }

    /// <summary>A message that belongs to no exchange is used again.</summary>
    public void Reuse(Message? message)
    {
        if (message is null) return;
        message.Reuse(Heads);
        _messages.Add(message);
    }

    /// <summary>A connection was told of as ended: what it keeps is no longer counted.</summary>
    public void Forget(Connection connection) => _kept -= connection.Exchanges.Count;

    // Objects that wait to be used again.
    private sealed class Unused<T>
        where T : class, new()
    {
        private const int Most = 4096;

        private T?[] _objects = new T[16];
        private int _count;

        public T Take()
        {
            if (_count == 0) return new T();
            ref T? place = ref _objects[--_count];
            T taken = place!;
            place = null;
            return taken;
        }

        public void Add(T unused)
        {
            if (_count == _objects.Length)
            {
                if (_count == Most) return;
                Array.Resize(ref _objects, _count * 2);
            }

            _objects[_count++] = unused;
        }
    }
}
