using System.Net;
using System.Net.Sockets;
using Trama.Peers.Sending;
using Trama.Replay.Recording;
using Trama.Replay.Sending;
using Trama.Tracing;

namespace Trama.Replay.Tests.Playing;

/// <summary>Servers that do not do what the recorded one did.</summary>
public sealed class StubbornServerTests
{
    [Fact]
    public async Task One_that_reads_nothing_is_given_up()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        RecordedMessage request = new()
        {
            From = Side.Client,
            AtNs = 0,
            EndNs = 0,
            Offset = 0,
            Bytes = new byte[64 << 20],
            Length = 64 << 20,
            IsComplete = true,
        };
        RecordedConnection recorded = Recordings.Of("memcached-lab-text.pcapng").Connections[0] with
        {
            Exchanges = [new RecordedExchange { Index = 1, Request = request }],
        };
        var options = new ReplayClientOptions
        {
            Target = new ClientOptions
            {
                Host = "127.0.0.1",
                Port = ((IPEndPoint)listener.LocalEndpoint).Port,
                ReplyTimeout = TimeSpan.FromMilliseconds(200),
            },
        };
        Assert.Equal(PlayedEnd.ReplyTimedOut, await ReplayedClient.PlayAsync(recorded, options, TestContext.Current.CancellationToken));
    }
}
