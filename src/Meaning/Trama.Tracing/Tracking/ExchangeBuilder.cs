using System.Runtime.CompilerServices;
using Trama.Framing;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>Builds the exchanges of a connection from its messages: says which are requests and which replies, and lets key or order
/// pair them.</summary>
internal sealed class ExchangeBuilder(Connection connection, TrackerContext context)
{
    private readonly MessagePool _pool = context.Pool;
    private readonly List<LayerExchanges> _layers = [];
    private readonly UnacknowledgedRequests _unacknowledged = new();
    private Paths _pathNs;
    private long _acknowledged;
    private long _count;

    /// <summary>From the vantage point to a side and back, in nanoseconds.</summary>
    public void NotePath(Side to, long nanoseconds) => _pathNs[(int)to] = nanoseconds;

    /// <summary>A message of a layer begins.</summary>
    public void Begin(int layer, Message message, Timestamp at, bool otherSpeaks)
    {
        if (message.From == Side.Server) message.Acknowledged = _acknowledged;
        Layer(layer).Begin(message.From, at, otherSpeaks);
    }

    /// <summary>A message of a layer is over.</summary>
    public void Take(int layer, Message message, in MessageEnd end, bool otherIsOpen)
    {
        if (message.From == Side.Client) _unacknowledged.Add(message);
        Layer(layer).Take(message, end, otherIsOpen);
    }

    /// <summary>Nobody can count the messages of one side for a while.</summary>
    public void Lose(int layer, Side from) => Layer(layer).Lose(from);

    /// <summary>Both sides said nothing for a while, and the capture goes on.</summary>
    public void FallSilent()
    {
        foreach (LayerExchanges layer in _layers) layer.FallSilent();
    }

    /// <summary>The server has everything of the client's stream before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        _acknowledged = Math.Max(_acknowledged, offset);
        _unacknowledged.Acknowledge(offset, at, rttNs);
    }

    /// <summary>The client sent bytes again.</summary>
    public void Retransmit(long start, long end, Timestamp at) => _unacknowledged.Retransmit(start, end, at);

    /// <summary>The connection is over: what waits for a reply gets none.</summary>
    public void Complete()
    {
        foreach (LayerExchanges layer in _layers) layer.Complete();
        connection.ExchangeCount = _count;
    }

    /// <summary>Begins an exchange.</summary>
    public Exchange Open(Message? request)
    {
        Exchange exchange = _pool.TakeExchange();
        exchange.Request = request;
        return exchange;
    }

    /// <summary>Tells an exchange that is complete.</summary>
    public void Tell(Exchange exchange, Message? reply)
    {
        (exchange.Reply, exchange.Index) = (reply, ++_count);
        ExchangeTiming.Divide(exchange, exchange.Request is { } request ? _pathNs[(int)request.From.Other()] : null);
        if (context.Options.Where?.HoldsOf(connection, exchange) == false)
        {
            _pool.KeepOrReuse(connection, exchange, mayKeep: false);
            return;
        }

        context.Sink.ExchangeCompleted(connection, exchange);
        _pool.KeepOrReuse(connection, exchange);
    }

    /// <summary>Tells a request that gets no reply any more.</summary>
    public void TellUnanswered(Exchange exchange, bool isWhole)
    {
        exchange.IsWhole = isWhole;
        Tell(exchange, null);
    }

    /// <summary>Tells a message that answers nothing that was seen.</summary>
    public void TellAlone(Message reply) => Tell(Open(null), reply);

    /// <summary>A message belongs to no exchange.</summary>
    public void Forget(Message message) => _pool.Reuse(message);

    private LayerExchanges Layer(int number) => number < _layers.Count ? _layers[number] : Add(number);

    private LayerExchanges Add(int number)
    {
        while (_layers.Count <= number) _layers.Add(new LayerExchanges(this, context.Options.MaxOpenRequests));
        return _layers[number];
    }

    // By the side at the path's end.
    [InlineArray(2)]
    private struct Paths
    {
        private long? _client;
    }
}
