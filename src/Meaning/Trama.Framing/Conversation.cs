using Trama.Framing.Tls;

namespace Trama.Framing;

/// <summary>
/// Reads both streams of one connection through its layers, from the wire up, and cuts them into messages: recognises what each layer
/// carries, notices when the other side speaks, finds the way again after missing bytes, and goes on by turns when a framing stops fitting.
/// Keeps no message; bytes pass through it to the sink.
/// </summary>
public sealed class Conversation
{
    private readonly ConversationLayer _wire;
    private long _toServer;
    private long _toClient;

    /// <summary>Begins a conversation.</summary>
    /// <param name="rule">How messages are told apart.</param>
    /// <param name="sink">Hears of the messages.</param>
    /// <param name="context">What is known beside the bytes.</param>
    public Conversation(FramingRule rule, IMessageSink sink, in FramingContext context = default) =>
        _wire = new ConversationLayer(0, rule.For(context.ServerPort), sink, context);

    /// <summary>The name of the framing in force, the topmost layer's.</summary>
    public string Framing => _wire.Top.Framing.Name;

    /// <summary>What is known of the TLS of the connection, of the layer nearest to the wire; null where no layer is TLS.</summary>
    public TlsFacts? Tls
    {
        get
        {
            ConversationLayer? layer = _wire;
            while (layer is { Framing.Tls: null }) layer = layer.Above;
            return layer?.Framing.Tls;
        }
    }

    /// <summary>Whether there is one layer, which is no TLS and keeps nothing.</summary>
    public bool IsPlain => _wire.IsPlain;

    /// <summary>The name of the framing of a layer.</summary>
    /// <param name="depth">The layer, counted from 0 at the wire.</param>
    public string NameOf(int depth)
    {
        ConversationLayer layer = _wire;
        while (depth-- > 0 && layer.Above is { } above) layer = above;
        return layer.Framing.Name;
    }

    /// <summary>The layers in force, from the wire up, under their names (<c>tls1.3</c>, <c>http2</c>); those that are no protocol are
    /// left out.</summary>
    public IEnumerable<ConnectionFraming> Layers
    {
        get
        {
            for (ConversationLayer? layer = _wire; layer is not null; layer = layer.Above)
            {
                foreach (ConnectionFraming tunnel in layer.Tunnels) yield return tunnel;
                yield return layer.Framing;
            }
        }
    }

    /// <summary>The next bytes of a stream, in order; may be empty.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> bytes)
    {
        ref long offset = ref Offset(direction);
        var origin = new Origin(offset, offset + bytes.Length);
        offset = origin.End;
        _wire.Take(direction, bytes, origin);
    }

    /// <summary>Bytes of a stream that nobody saw.</summary>
    public void Skip(Direction direction, long count)
    {
        ref long offset = ref Offset(direction);
        var origin = new Origin(offset, offset + count);
        offset = origin.End;
        _wire.Skip(direction, count, origin);
    }

    /// <summary>A stream is over: closed, reset, or the capture ends here.</summary>
    public void End(Direction direction) => _wire.End(direction);

    /// <summary>
    /// Ends the message in progress although the other side has not spoken (it fell silent), when nothing in the bytes tells its end.
    /// </summary>
    public void EndTurn(Direction direction)
    {
        for (ConversationLayer? layer = _wire; layer is not null; layer = layer.Above) layer.FallSilent(direction);
    }

    /// <summary>The first byte of the wire's stream that an origin yet to be told may name; <see cref="long.MaxValue"/> when none
    /// before the next one.</summary>
    public long HeldFrom(Direction direction) => _wire.HeldFrom(direction);

    private ref long Offset(Direction direction) => ref direction == Direction.ToServer ? ref _toServer : ref _toClient;
}
