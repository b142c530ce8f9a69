using System.Text;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Replay.Recording;
using Trama.Replay.Sending;

namespace Trama.Replay.Tests.Playing;

/// <summary>The recorded client against the recorded server: every exchange ends as it did.</summary>
public sealed class BothSidesTests
{
    [Theory]
    [InlineData("postgresql-lab-extended", null)]
    [InlineData("postgresql-lab-tls13", "postgresql-lab-tls13")]
    [InlineData("mysql-lab-prepared", null)]
    [InlineData("mysql-lab-tls13", "mysql-lab-tls13")]
    [InlineData("redis-lab-tls13", "redis-lab-tls13")]
    [InlineData("http2-lab-h2c-multiplex", null)]
    [InlineData("http2-lab-tls13-multiplex", "http2-lab-tls13-multiplex")]
    [InlineData("grpc-lab-h2c", null)]
    [InlineData("websocket-lab-plain", null)]
    [InlineData("websocket-lab-tls13", "websocket-lab-tls13")]
    [InlineData("mqtt-lab-v5-qos", null)]
    [InlineData("nats-lab-requests", null)]
    [InlineData("memcached-lab-text", null)]
    [InlineData("kafka-lab-mock", null)]
    [InlineData("amqp-lab-publish-consume", null)]
    [InlineData("amqp-packetbeat-amqp-emit-receive.pcap", null)]
    [InlineData("dnstcp-deepflow-dns-tcp-multi.pcap", null)]
    [InlineData("ldap-zeek-ldap-add.pcap", null)]
    [InlineData("memcached-packetbeat-memcache-bin-tcp-multi-store-load.pcap", null)]
    [InlineData("mongodb-packetbeat-mongo-3.0-session.pcap", null)]
    [InlineData("tls13-lab-aes128gcm", "tls13-lab-aes128gcm")]
    public async Task Every_exchange_ends_as_it_did(string name, string? keys)
    {
        RecordedCapture capture = Recordings.Of(Path.HasExtension(name) ? name : name + ".pcapng", keys is null ? null : keys + ".keys");
        await using var served = new ServedReplay(capture.Connections);
        (List<PlayedExchange> played, IReadOnlyList<PlayedEnd> ends) = await PlayAsync(capture.Connections, served.Port);
        Assert.Equal(capture.Connections.Select(_ => PlayedEnd.Done), ends);
        Assert.NotEmpty(played);
        Assert.Empty(served.Unknown.Select(request => Encoding.UTF8.GetString(request.Operation.Span)));
        Assert.Empty(played.Where(exchange => !exchange.IsSameOutcome).Select(Words));
        Assert.Empty(played.Where(exchange => !exchange.IsSameContent).Select(Words));
    }

    internal static async Task<(List<PlayedExchange> Played, IReadOnlyList<PlayedEnd> Ends)> PlayAsync(
        IReadOnlyList<RecordedConnection> connections, int port, RequestEdits? edits = null)
    {
        var played = new List<PlayedExchange>();
        var options = new ReplayClientOptions
        {
            Target = new ClientOptions { Host = "127.0.0.1", Port = port, ReplyTimeout = TimeSpan.FromSeconds(10) },
            Pace = Pace.Fast,
            Edits = edits ?? new RequestEdits(),
            Told = exchange =>
            {
                lock (played) played.Add(exchange);
            },
        };
        IReadOnlyList<PlayedEnd> ends = await ReplayedClient.PlayAllAsync(connections, options, TestContext.Current.CancellationToken);
        return (played, ends);
    }

    private static string Words(PlayedExchange exchange) =>
        $"{Text((exchange.Recorded.Request ?? exchange.Recorded.Reply)!.Operation)}: {Text(exchange.Recorded.Status)} -> "
        + $"{exchange.HasReply} {Text(exchange.Status)} {Text(exchange.ContentThen)} -> {Text(exchange.Content)}";

    private static string Text(ReadOnlyMemory<byte> bytes) => VisibleText.Of(bytes.Span[..Math.Min(80, bytes.Length)]);
}
