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
    public static RecordedConnection At(int port, params string[] lines) => Seen(port, null, lines);

    /// <summary>A connection of which the capture has the packets of one side alone.</summary>
    public static RecordedConnection Seen(int port, Side? by, params string[] lines)
    {
        var sink = new RecordingSink();
        var tracker = new ConnectionTracker(sink.Options(null), sink);
        // The sender stands in the header of IPv4: the client is 10.0.0.1.
        var capture = new SyntheticCapture((in Trama.Packets.Record record) =>
        {
            if (by is null || record.Bytes[15] == 1 == (by == Side.Client)) tracker.Observe(record);
        });
        var client = new Endpoint(IpAddress.FromIpv4(0x0a000001), 40_000);
        var server = new Endpoint(IpAddress.FromIpv4(0x0a000002), (ushort)port);
        long at = 0;
        SyntheticConversation conversation = capture.Begin(client, server);
        conversation.Ask(Now());
        conversation.Accept(Now(), Now());
        foreach (string line in lines)
        {
            conversation.Say(line[0] == '>', Encoding.Latin1.GetBytes(line[1..]), Now());
            conversation.Acknowledge(line[0] != '>', Now());
        }

        tracker.Complete();
        return sink.Capture.Connections[0];

        Trama.Packets.Timestamp Now() => new(at += 1_000_000);
    }
}
