namespace Trama.Tracing.Tracking;

/// <summary>Exchanges and messages to use again, so that a steady stream of them allocates nothing.</summary>
internal sealed class MessagePool(bool isUsed)
{
    private const int MaxKept = 4096;

    private readonly Stack<Message> _messages = new();
    private readonly Stack<Exchange> _exchanges = new();

    public Message TakeMessage() => _messages.TryPop(out Message? message) ? message : new Message();

    public Exchange TakeExchange() => _exchanges.TryPop(out Exchange? exchange) ? exchange : new Exchange();

    public void Return(Message? message)
    {
        if (isUsed && message is not null && _messages.Count < MaxKept) _messages.Push(message);
    }

    public void Return(Exchange exchange)
    {
        if (!isUsed) return;
        Return(exchange.Request);
        Return(exchange.Reply);
        for (int i = 0; i < exchange.Interim.Count; i++) Return(exchange.Interim[i]);
        exchange.Clear();
        if (_exchanges.Count < MaxKept) _exchanges.Push(exchange);
    }
}
