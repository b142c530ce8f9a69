using System.Net;
using System.Net.Sockets;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Peers.Sending;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Tracing;

namespace Trama.Replay.Tests.Playing;

/// <summary>A connection that was opened once another had its reply is opened behind that reply, also where the server takes longer
/// now.</summary>
public sealed class EarlierReplyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(300, true), InlineData(1500, false)]
    public async Task The_second_is_opened_behind_the_reply_to_the_first_unless_that_takes_too_long(int delayMs, bool isBehind)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<bool> serving = ServeAsync(listener, TimeSpan.FromMilliseconds(delayMs));
        var options = new ReplayClientOptions
        {
            Target = new ClientOptions { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port },
        };
        IReadOnlyList<PlayedEnd> ends = await ReplayedClient.PlayAllAsync(Two(), options, Stop);
        Assert.Equal([PlayedEnd.Done, PlayedEnd.Done], ends);
        Assert.Equal(isBehind, await serving);
    }

    // Whether the second client came behind the reply to the first.
    private static async Task<bool> ServeAsync(TcpListener listener, TimeSpan delay)
    {
        using TcpClient first = await listener.AcceptTcpClientAsync(Stop);
        Task<TcpClient> second = listener.AcceptTcpClientAsync(Stop).AsTask();
        byte[] asked = new byte[100];
        await first.GetStream().ReadAtLeastAsync(asked, 6, cancellationToken: Stop);
        await Task.Delay(delay, Stop);
        bool isBehind = !second.IsCompleted;
        await first.GetStream().WriteAsync("+PONG\r\n"u8.ToArray(), Stop);
        using TcpClient other = await second;
        await other.GetStream().ReadAtLeastAsync(asked, 6, cancellationToken: Stop);
        await other.GetStream().WriteAsync("+PONG\r\n"u8.ToArray(), Stop);
        await other.GetStream().ReadAtLeastAsync(asked, 1, throwOnEndOfStream: false, Stop);
        return isBehind;
    }

    // One asks and hears; ten microseconds later the other comes.
    private static IReadOnlyList<RecordedConnection> Two()
    {
        var sink = new RecordingSink();
        var tracker = new ConnectionTracker(sink.Options(keys: null), sink);
        var capture = new SyntheticCapture((in Trama.Packets.Record record) => tracker.Observe(record));
        var server = new Endpoint(IpAddress.FromBytes([192, 0, 2, 1]), 6379);
        long ns = 1_000_000_000;
        List<SyntheticConversation> talks = [];
        foreach (ushort port in (ushort[])[40_000, 40_001])
        {
            SyntheticConversation talk = capture.Begin(new Endpoint(IpAddress.FromBytes([192, 0, 2, 2]), port), server);
            talks.Add(talk);
            talk.Ask(At());
            talk.Accept(At(), At());
            talk.Say(byClient: true, "*1\r\n$4\r\nPING\r\n"u8, At());
            talk.Say(byClient: false, "+PONG\r\n"u8, At());
        }

        foreach (SyntheticConversation talk in talks)
        {
            talk.Finish(byClient: true, At());
            talk.Finish(byClient: false, At());
        }

        tracker.Complete();
        return sink.Capture.Connections;

        Timestamp At() => new(ns += 10_000);
    }
}
