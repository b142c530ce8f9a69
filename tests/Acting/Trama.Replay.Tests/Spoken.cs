using System.Text;
using Trama.Captures.Synthetic;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests;

/// <summary>Conversations that are made up, recorded as if they had been captured.</summary>
internal static class Spoken
{
    /// <summary>A connection with a server.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="lines">What is said, by turns: behind <c>&gt;</c> by the client, behind <c>&lt;</c> by the server; in Latin-1.</param>
    public static RecordedConnection At(int port, params string[] lines) => Recorded(port, conversation =>
    {
        foreach (string line in lines) conversation(line[0] == '>', Encoding.Latin1.GetBytes(line[1..]));
    });

    /// <summary>A connection in which whoever is called with a side and bytes says them.</summary>
    public static RecordedConnection Recorded(int port, Action<Action<bool, byte[]>> talk)
    {
        var sink = new RecordingSink();
        var tracker = new ConnectionTracker(sink.Options(null), sink);
        var capture = new SyntheticCapture((in Trama.Packets.Record record) => tracker.Observe(record));
        var client = new Endpoint(IpAddress.FromIpv4(0x0a000001), 40_000);
        var server = new Endpoint(IpAddress.FromIpv4(0x0a000002), (ushort)port);
        long at = 0;
        SyntheticConversation conversation = capture.Begin(client, server);
        conversation.Ask(Now());
        conversation.Accept(Now(), Now());
        talk((byClient, bytes) =>
        {
            conversation.Say(byClient, bytes, Now());
            conversation.Acknowledge(!byClient, Now());
        });
        tracker.Complete();
        return sink.Capture.Connections[0];

        Trama.Packets.Timestamp Now() => new(at += 1_000_000);
    }
}
