using System.Runtime.CompilerServices;
using Trama.Framing.Tls;
using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>What a connection's two sides say: tells the sink of its bytes, and builds its messages and exchanges.</summary>
internal sealed class ConnectionMessages(Connection connection, TrackerContext context)
{
    private MessageBuilder? _messages;
    private Paths _pathNs;
    private HeldSteps? _held;
    private bool _hasHeld;

    /// <summary>Whether a step waits, because the secrets of the connection may be about to come.</summary>
    /// <param name="step">The step.</param>
    /// <param name="bytes">Its bytes.</param>
    public bool Holds(in MessageStep step, ReadOnlySpan<byte> bytes)
    {
        if (_held is not { } held) return false;
        if (step.IsTick) held.Tick();
        else if (!step.IsLast) held.Add(step, bytes);
        if (!step.IsLast && !held.AreEnough && connection.Tls is { AwaitsSecrets: true }) return true;
        _held = null;
        held.TakeAll();
        return !step.IsLast;
    }

    public void Open() => context.Sink.ConnectionOpened(connection);

    public void Close()
    {
        context.Totals?.Count(connection);
        context.Sink.ConnectionEnded(connection);
        context.Pool.Forget(connection);
    }

    /// <summary>The next bytes of a stream.</summary>
    public void Bytes(Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        // Nothing waits: the way of nearly all bytes.
        if (_held is null) Take(from, offset, bytes, packet);
        else MessageStep.Bytes(this, from, offset, packet).Take(bytes);
    }

    /// <summary>The server has everything of the client's stream before an offset.</summary>
    public void Acknowledgement(long offset, Timestamp at, long? rttNs)
    {
        if (_held is null) Acknowledge(offset, at, rttNs);
        else MessageStep.Acknowledgement(this, offset, at, rttNs).Take([]);
    }

    public void Take(Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet)
    {
        context.Sink.StreamBytes(connection, from, offset, bytes, packet);
        Messages()?.Take(from, bytes, packet);
        if (connection.Tls is { Steps: TlsSteps.ClientHello, AwaitsSecrets: true } && !_hasHeld) (_held, _hasHeld) =
            (new HeldSteps(context.Budgets.Held), true);
    }

    public void Skip(Side from, long offset, long length, GapReason reason, PacketStamp packet)
    {
        context.Sink.StreamGap(connection, from, offset, length, reason);
        Messages()?.Skip(from, length, packet);
    }

    /// <summary>How long the path from the vantage point to a side and back takes at least, in nanoseconds.</summary>
    public void NotePath(Side to, long nanoseconds)
    {
        _pathNs[(int)to] = nanoseconds;
        _messages?.NotePath(to, nanoseconds);
    }

    public void Acknowledge(long offset, Timestamp at, long? rttNs) => _messages?.Acknowledge(offset, at, rttNs);

    public void Retransmit(long start, long end, Timestamp at) => _messages?.Retransmit(start, end, at);

    public void End(Side from) => _messages?.End(from);

    public void EndReply() => _messages?.EndReply();

    public void Complete() => _messages?.Complete();

    private MessageBuilder? Messages() =>
        _messages ?? (context.Options.ExchangesOf?.Contains(connection.Id) == false ? null : Begin());

    private MessageBuilder Begin()
    {
        _messages = new MessageBuilder(connection, context);
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Client, Side.Server])
            if (_pathNs[(int)side] is { } known) _messages.NotePath(side, known);
        return _messages;
    }

    // By the side at the path's end.
    [InlineArray(2)]
    private struct Paths
    {
        private long? _client;
    }
}
