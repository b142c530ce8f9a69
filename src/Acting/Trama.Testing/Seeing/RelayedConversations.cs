using System.Net;
using System.Net.Sockets;
using Trama.Captures.Synthetic;
using Trama.Framing;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Peers.Relaying;
using Trama.Peers.Sending;

namespace Trama.Testing.Seeing;

/// <summary>Tells what is relayed as packets that could have carried it.</summary>
internal sealed class RelayedConversations : IRelayLog
{
    // How long a system waits for something to say with an acknowledgement: what is still not acknowledged then looks lost.
    private const long AcknowledgedNs = 40_000_000;

    private readonly Lock _gate = new();
    private readonly SyntheticCapture _capture;
    private readonly Dictionary<RelayConnection, SyntheticConversation> _conversations = [];
    private readonly Queue<(RelayConnection Connection, bool ByClient, Timestamp At)> _unacknowledged = new();
    private Timestamp _lastAt;

    /// <param name="recording">Takes the packets.</param>
    public RelayedConversations(Recording recording) => _capture = new SyntheticCapture(recording.Add);

    /// <summary>Tells what is to be told by now.</summary>
    public void Look()
    {
        lock (_gate) _ = Now();
    }

    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint)
    {
        // Nobody has said anything yet.
    }

    /// <inheritdoc/>
    public void Accepted(RelayConnection connection)
    {
        lock (_gate)
        {
            Timestamp now = Now();
            SyntheticConversation conversation = _capture.Begin(Of(connection.Client), Of(connection.Accepted.Own));
            conversation.Ask(now);
            _conversations.Add(connection, conversation);
        }
    }

    /// <inheritdoc/>
    public void TargetFailed(RelayConnection connection, RelayTarget target, ClientException failure)
    {
        // It is the only one: the client is turned away, which is told.
    }

    /// <inheritdoc/>
    public void Connected(RelayConnection connection) => Tell(connection, (conversation, now) => conversation.Accept(now, now));

    /// <inheritdoc/>
    public ValueTask RelayingAsync(RelayConnection connection, Direction direction, ReadOnlyMemory<byte> bytes)
    {
        Tell(connection, (conversation, now) =>
        {
            bool byClient = direction == Direction.ToServer;
            conversation.Say(byClient, bytes.Span, now);
            _unacknowledged.Enqueue((connection, !byClient, new Timestamp(now.Nanoseconds + AcknowledgedNs)));
        });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Stalled(RelayConnection connection, Direction direction) =>
        Tell(connection, (conversation, now) => conversation.CloseWindow(direction == Direction.ToClient, now));

    /// <inheritdoc/>
    public void Resumed(RelayConnection connection, Direction direction) =>
        Tell(connection, (conversation, now) => conversation.Acknowledge(direction == Direction.ToClient, now));

    /// <inheritdoc/>
    public void Finished(RelayConnection connection, Direction direction) =>
        Tell(connection, (conversation, now) => conversation.Finish(direction == Direction.ToServer, now));

    /// <inheritdoc/>
    public void Closed(RelayConnection connection, RelayEnd end)
    {
        // The system accepted it in the server's place, which is not there.
        if (end == RelayEnd.NoTarget) Tell(connection, (conversation, now) => conversation.Refuse(now));
        else if (end is not (RelayEnd.Closed or RelayEnd.Aborted))
            Tell(connection, (conversation, now) => conversation.Reset(end == RelayEnd.ResetByClient, now));
        lock (_gate) _conversations.Remove(connection);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error)
    {
        // The client waits, and connects in a moment.
    }

    private void Tell(RelayConnection connection, Action<SyntheticConversation, Timestamp> what)
    {
        lock (_gate)
        {
            if (_conversations.TryGetValue(connection, out SyntheticConversation? conversation)) what(conversation, Now());
        }
    }

    // It does not go backwards when somebody sets the clock. What comes before it is told before it.
    private Timestamp Now()
    {
        var now = new Timestamp((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        _lastAt = now > _lastAt ? now : _lastAt;
        while (_unacknowledged.TryPeek(out var said) && said.At <= _lastAt)
        {
            _unacknowledged.Dequeue();
            if (_conversations.TryGetValue(said.Connection, out SyntheticConversation? conversation)
                && conversation.Takes(said.ByClient) && !conversation.HasAcknowledged(said.ByClient))
                conversation.Acknowledge(said.ByClient, said.At);
        }

        return _lastAt;
    }

    private static Endpoint Of(IPEndPoint endpoint) => new(IpAddress.FromBytes(endpoint.Address.GetAddressBytes()), (ushort)endpoint.Port);
}
