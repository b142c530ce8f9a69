using System.Net;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Cli.Relaying;

/// <summary>Tells what a journal holds as the packets of a capture.</summary>
internal sealed class RelayRecorder(RecordReceiver receiver)
{
    private readonly SyntheticCapture _capture = new(receiver);
    private readonly Dictionary<long, (Endpoint Client, Timestamp At)> _waiting = [];
    private readonly Dictionary<long, SyntheticConversation> _conversations = [];

    /// <summary>Tells the next events.</summary>
    /// <param name="events">The events, in order.</param>
    /// <param name="bytes">Their bytes, one after another.</param>
    public void Record(ReadOnlySpan<RelayEvent> events, ReadOnlySpan<byte> bytes)
    {
        foreach (ref readonly RelayEvent what in events)
        {
            Record(what, bytes[..what.Length]);
            bytes = bytes[what.Length..];
        }
    }

    private void Record(in RelayEvent what, ReadOnlySpan<byte> bytes)
    {
        long id = what.Connection;
        switch (what.Kind)
        {
            case RelayEventKind.Accepted:
                _waiting[id] = (Of(what.Peer!), what.At);
                return;
            case RelayEventKind.Refused:
                (Endpoint client, Timestamp at) = _waiting[id];
                SyntheticConversation refused = _capture.Begin(client, Of(what.Peer!));
                refused.Ask(at);
                refused.Refuse(what.At);
                return;
            case RelayEventKind.Connected:
                _waiting.Remove(id, out (Endpoint Client, Timestamp At) accepted);
                SyntheticConversation joined = _capture.Begin(accepted.Client, Of(what.Peer!));
                // The one handshake shows the round trips of the two that there were.
                Timestamp answeredAt = Before(what.At, what.ClientRoundTrip);
                joined.Ask(Before(answeredAt, what.TargetRoundTrip));
                joined.Accept(answeredAt, what.At);
                _conversations.Add(id, joined);
                return;
            case RelayEventKind.Closed:
                _waiting.Remove(id);
                _conversations.Remove(id);
                return;
        }

        if (!_conversations.TryGetValue(id, out SyntheticConversation? conversation)) return;
        if (what.Kind == RelayEventKind.Said) conversation.Say(what.ByClient, bytes, what.At);
        else if (what.Kind == RelayEventKind.Finished) conversation.Finish(what.ByClient, what.At);
        else conversation.Reset(what.ByClient, what.At);
    }

    private static Timestamp Before(Timestamp at, TimeSpan time) => new(at.Nanoseconds - time.Ticks * TimeSpan.NanosecondsPerTick);

    private static Endpoint Of(IPEndPoint endpoint) => new(IpAddress.FromBytes(endpoint.Address.GetAddressBytes()), (ushort)endpoint.Port);
}
