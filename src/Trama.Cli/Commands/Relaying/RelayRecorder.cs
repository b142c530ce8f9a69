using System.Net;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Peers.Relaying;

namespace Trama.Cli.Commands.Relaying;

/// <summary>Tells what a journal holds as the packets of a capture.</summary>
/// <param name="receiver">Takes the packets.</param>
/// <param name="owners">Is told of each connection before its packets are; null where nobody asks whose they are.</param>
internal sealed class RelayRecorder(RecordReceiver receiver, RelayOwners? owners)
{
    private readonly SyntheticCapture _capture = new(receiver);
    private readonly Dictionary<RelayConnection, Timestamp> _waiting = [];
    private readonly Dictionary<RelayConnection, RelayedConversation> _conversations = [];
    private readonly PriorityQueue<RelayedReceiver, long> _due = new();

    /// <summary>Tells the next events.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="bytes">Their bytes, one after another.</param>
    /// <param name="now">The time: no later event is from before it.</param>
    public void Record(ReadOnlySpan<RelayEvent> events, ReadOnlySpan<byte> bytes, Timestamp now)
    {
        foreach (ref readonly RelayEvent what in events)
        {
            TellDue(what.At);
            Record(what, bytes[..what.Length]);
            bytes = bytes[what.Length..];
        }

        TellDue(now);
    }

    private void Record(in RelayEvent what, ReadOnlySpan<byte> bytes)
    {
        RelayConnection connection = what.Connection;
        switch (what.Kind)
        {
            case RelayEventKind.Accepted:
                _waiting[connection] = what.At;
                owners?.Accept(connection, what.At);
                return;
            case RelayEventKind.Refused or RelayEventKind.Unanswered:
                Fail(connection, Of(what.Peer!), what);
                return;
            case RelayEventKind.Connected:
                _waiting.Remove(connection);
                _conversations.Add(connection, new RelayedConversation(connection, Open(connection, what.At)));
                return;
            case RelayEventKind.Closed:
                _waiting.Remove(connection);
                if (_conversations.Remove(connection, out RelayedConversation? over)) over.End();
                owners?.Forget(connection);
                return;
        }

        if (!_conversations.TryGetValue(connection, out RelayedConversation? relayed)) return;
        SyntheticConversation conversation = relayed.Conversation;
        RelayedReceiver side = relayed.ReceiverOf(what.ByClient);
        switch (what.Kind)
        {
            case RelayEventKind.Said:
                conversation.Say(what.ByClient, bytes, what.At);
                Await(side, side.Hear(what.At));
                break;
            case RelayEventKind.Stalled:
                Await(side, side.Stall(what.At));
                break;
            case RelayEventKind.Resumed:
                side.Resume(what.At);
                break;
            case RelayEventKind.Finished:
                conversation.Finish(what.ByClient, what.At);
                break;
            case RelayEventKind.Reset:
                conversation.Reset(what.ByClient, what.At);
                break;
            case RelayEventKind.Broken:
                conversation.Break(what.At);
                break;
        }
    }

    private void Fail(RelayConnection connection, in Endpoint target, in RelayEvent what)
    {
        SyntheticConversation failed = _capture.Begin(Of(connection.Client), target);
        owners?.Tell(connection, Of(connection.Client), target, at: null);
        failed.Ask(_waiting[connection]);
        if (what.Kind == RelayEventKind.Refused) failed.Refuse(what.At);
        // Nobody asks only once.
        else failed.Ask(what.At);
    }

    // The one handshake shows the round trips of the two that there were.
    private SyntheticConversation Open(RelayConnection connection, Timestamp at)
    {
        (Endpoint client, Endpoint target) = (Of(connection.Client), Of(connection.Target!));
        SyntheticConversation conversation = _capture.Begin(client, target);
        owners?.Tell(connection, client, target, at);
        var answeredAt = new Timestamp(at.Nanoseconds - Nanoseconds(connection.ClientRoundTrip));
        conversation.Ask(new Timestamp(answeredAt.Nanoseconds - Nanoseconds(connection.TargetRoundTrip)));
        conversation.Accept(answeredAt, at);
        return conversation;
    }

    private void TellDue(Timestamp until)
    {
        while (_due.TryPeek(out RelayedReceiver? side, out long due) && due <= until.Nanoseconds)
        {
            _due.Dequeue();
            Await(side, side.Tell(new Timestamp(due)));
        }
    }

    private void Await(RelayedReceiver side, Timestamp? due)
    {
        if (due is { } at) _due.Enqueue(side, at.Nanoseconds);
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    private static Endpoint Of(IPEndPoint endpoint) => new(IpAddress.FromBytes(endpoint.Address.GetAddressBytes()), (ushort)endpoint.Port);
}
