using System.Net.Sockets;
using System.Text;
using Trama.Replay.Learning;
using Trama.Replay.Recording;
using Trama.Replay.Serving;

namespace Trama.Replay.Tests.Playing;

/// <summary>What another server says is known from then on.</summary>
public sealed class LearningTests
{
    private static readonly byte[] Increment = "*2\r\n$4\r\nINCR\r\n$1\r\na\r\n"u8.ToArray();

    [Fact]
    public async Task What_was_learnt_is_answered_without_the_other_server_and_is_a_capture()
    {
        IReadOnlyList<RecordedConnection> all = Recordings.Of("redis-lab-tls13.pcapng", "redis-lab-tls13.keys").Connections;
        RecordedConnection[] part =
        [
            all[0] with
            {
                Exchanges = [.. all[0].Exchanges.Where(exchange => Encoding.UTF8.GetString(exchange.Request!.Operation.Span) != "INCR a")],
            },
        ];
        string path = Path.Combine(Path.GetTempPath(), $"learnt-{Guid.NewGuid():N}.pcap");
        try
        {
            var other = new ServedReplay(all);
            using (var learned = new LearnedCapture(File.Create(path)))
            {
                var relay = new UnknownPolicy.Relay("127.0.0.1", other.Port) { Learned = learned };
                await using var served = new ServedReplay(part, unknown: relay);
                Assert.Equal(":2\r\n", await AskAsync(served.Port));
                await other.DisposeAsync();
                Assert.Equal(":2\r\n", await AskAsync(served.Port));
                Assert.Single(served.Unknown);
            }

            RecordedConnection known = Assert.Single(Recordings.Read(path).Connections);
            RecordedExchange exchange = Assert.Single(known.Exchanges);
            Assert.Equal("INCR a", Encoding.UTF8.GetString(exchange.Request!.Operation.Span));
            Assert.Equal(":2\r\n", Encoding.UTF8.GetString(exchange.Reply!.Bytes.Span));
            await using var next = new ServedReplay([.. part, known with { Server = part[0].Server }], unknown: new UnknownPolicy.Close());
            Assert.Equal(":2\r\n", await AskAsync(next.Port));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> AskAsync(int port)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, deadline.Token);
        await client.GetStream().WriteAsync(Increment, deadline.Token);
        byte[] heard = new byte[4];
        int count = await client.GetStream().ReadAtLeastAsync(heard, heard.Length, throwOnEndOfStream: false, deadline.Token);
        return Encoding.ASCII.GetString(heard, 0, count);
    }
}
