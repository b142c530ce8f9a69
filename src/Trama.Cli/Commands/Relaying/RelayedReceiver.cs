using Trama.Captures.Synthetic;
using Trama.Framing;
using Trama.Packets;
using Trama.Peers.Relaying;

namespace Trama.Cli.Commands.Relaying;

/// <summary>
/// The side of a relayed connection that a direction goes to, and how it is told that it took what was said: with its next
/// words, or by an acknowledgement a round trip later. One that does not take it, since its window is closed, is told so.
/// </summary>
internal sealed class RelayedReceiver(RelayConnection connection, SyntheticConversation conversation, Direction direction)
{
    // Full buffers make for short waits even where both sides do their best.
    private const long PatienceNs = 100_000_000;

    private readonly long _roundTripNs =
        (direction == Direction.ToServer ? connection.TargetRoundTrip : connection.ClientRoundTrip).Ticks * TimeSpan.NanosecondsPerTick;

    private readonly bool _isClient = direction == Direction.ToClient;
    private Timestamp _heardAt;
    private Timestamp? _stalledAt;
    private TimeSpan _windowWait;
    private bool _isClosed;
    private bool _isDue;
    private bool _hasLeft;

    /// <summary>It is spoken to.</summary>
    /// <returns>When it will have something to tell; absent when that is due anyhow.</returns>
    public Timestamp? Hear(Timestamp at)
    {
        _heardAt = at;
        return Due(AnswerAt);
    }

    /// <summary>It does not take what was said.</summary>
    /// <returns>As for <see cref="Hear"/>.</returns>
    public Timestamp? Stall(Timestamp at)
    {
        _stalledAt = at;
        _windowWait = connection.WindowWait(direction);
        return Due(new Timestamp(at.Nanoseconds + PatienceNs));
    }

    /// <summary>It takes it.</summary>
    public void Resume(Timestamp at)
    {
        _stalledAt = null;
        if (_isClosed || (at >= AnswerAt && !conversation.HasAcknowledged(_isClient))) conversation.Acknowledge(_isClient, at);
        _isClosed = false;
    }

    /// <summary>Nothing is told of it any more.</summary>
    public void Leave() => _hasLeft = true;

    /// <summary>Tells what is due.</summary>
    /// <returns>When there is more to tell; absent when it is for what comes.</returns>
    public Timestamp? Tell(Timestamp at)
    {
        Timestamp? again = _hasLeft || _isClosed ? null : _stalledAt is { } since ? TellStall(at, since) : TellHeard(at);
        _isDue = again is not null;
        return again;
    }

    private Timestamp AnswerAt => new(_heardAt.Nanoseconds + _roundTripNs);

    private Timestamp? Due(Timestamp at)
    {
        if (_isDue) return null;
        _isDue = true;
        return at;
    }

    private Timestamp? TellHeard(Timestamp at)
    {
        if (conversation.HasAcknowledged(_isClient)) return null;
        if (at < AnswerAt) return AnswerAt;
        conversation.Acknowledge(_isClient, at);
        return null;
    }

    private Timestamp? TellStall(Timestamp at, Timestamp since)
    {
        if (at - since < PatienceNs) return new Timestamp(since.Nanoseconds + PatienceNs);
        // What the path holds up is no closed window.
        _isClosed = (connection.WindowWait(direction) - _windowWait).Ticks * 2 * TimeSpan.NanosecondsPerTick > at - since;
        if (!_isClosed) return new Timestamp(at.Nanoseconds + PatienceNs);
        conversation.CloseWindow(_isClient, at);
        return null;
    }
}
