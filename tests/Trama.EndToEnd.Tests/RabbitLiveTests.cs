using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>AMQP 0-9-1 and STOMP of RabbitMQ; of AMQP tshark is the judge.</summary>
public partial class RabbitLiveTests
{
    [Theory]
    [InlineData("amqp-lab-publish-consume.pcapng")]
    [InlineData("amqp-packetbeat-amqp-emit-receive.pcap")]
    public async Task A_capture_is_told_as_tshark_tells_it(string name) => await AssertJudgedAsync(TestData.Shared($"protocols/{name}"));

    [Fact]
    public async Task What_clients_of_RabbitMQ_publish_and_get_is_traced_whole()
    {
        string declare = TestData.Program("amqp-declare-queue"), publish = TestData.Program("amqp-publish"),
            get = TestData.Program("amqp-get");
        string consume = TestData.Program("amqp-consume");
        await Captures.RequireLiveAsync();
        await using RabbitBroker broker = await RabbitBroker.StartAsync();
        using var folder = new TemporaryFolder();
        string[] at = ["--server=127.0.0.1", $"--port={broker.AmqpPort}"];
        string capture = await LiveCapture.OfAsync(folder, broker.AmqpPort, async () =>
        {
            Assert.Equal(0, (await TramaProcess.RunAsync(declare, [.. at, "-q", "jobs"])).Code);
            foreach (string body in (string[])["one", "two", new string('x', 300_000)])
                Assert.Equal(0, (await TramaProcess.RunAsync(publish, [.. at, "-r", "jobs"], body)).Code);
            Assert.Equal("one", (await TramaProcess.RunAsync(get, [.. at, "-q", "jobs"])).Output.Trim());
            Assert.Equal(0, (await TramaProcess.RunAsync(consume, [.. at, "-q", "jobs", "-c", "2", "cat"])).Code);
            Assert.NotEqual(0, (await TramaProcess.RunAsync(get, [.. at, "-q", "missing"])).Code);
            Assert.NotEqual(0, (await TramaProcess.RunAsync(get, [.. at, "-q", "jobs", "--username=ana", "--password=hunter2"])).Code);
        });
        string[] told = await AssertJudgedAsync(capture, broker.AmqpPort);
        Assert.Contains(told, line => line.Contains("client Queue.Declare jobs -> Queue.Declare-Ok", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("server Basic.Deliver jobs -> Basic.Ack", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("client Basic.Get missing -> 404 NOT_FOUND", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_sent_and_acknowledged_by_STOMP_is_traced_whole()
    {
        await Captures.RequireLiveAsync();
        await using RabbitBroker broker = await RabbitBroker.StartAsync();
        using var folder = new TemporaryFolder();
        string capture = await LiveCapture.OfAsync(folder, broker.StompPort, async () =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, broker.StompPort, TestContext.Current.CancellationToken);
            await SayAsync(client, "CONNECT\naccept-version:1.2\nhost:/\nlogin:guest\npasscode:guest\n\n\0", "CONNECTED");
            await SayAsync(client, "SUBSCRIBE\nid:0\ndestination:/queue/jobs\nack:client-individual\nreceipt:r1\n\n\0", "RECEIPT");
            string message = await SayAsync(client, "SEND\ndestination:/queue/jobs\ncontent-length:3\n\na\0b\0", "MESSAGE");
            string id = Acknowledged().Match(message).Groups[1].Value;
            await SayAsync(client, $"ACK\nid:{id}\n\n\0SEND\ndestination:/queue/done\nreceipt:r2\n\nx\0", "RECEIPT");
            await SayAsync(client, "ACK\nid:nothing\nreceipt:r3\n\n\0", "ERROR");
        });
        string[] told = await ProtocolTrace.OfAsync(capture, "stomp");
        Assert.Equal(
            [
                "0 client ACK -> ",
                "0 client CONNECT -> CONNECTED 1.2",
                "0 client SEND /queue/done -> RECEIPT",
                "0 client SEND /queue/jobs -> ",
                "0 client SUBSCRIBE /queue/jobs -> RECEIPT",
                "0 server ERROR Invalid header -> ",
                "0 server MESSAGE /queue/jobs -> ACK",
            ],
            told);
    }

    private static async Task<string> SayAsync(TcpClient client, string said, string expected)
    {
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(said), TestContext.Current.CancellationToken);
        var heard = new StringBuilder();
        byte[] bytes = new byte[4096];
        while (!(heard.ToString().Contains(expected, StringComparison.Ordinal) && heard.ToString().TrimEnd('\n').EndsWith('\0')))
        {
            int count = await stream.ReadAsync(bytes, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            heard.Append(Encoding.ASCII.GetString(bytes, 0, count));
        }

        return heard.ToString();
    }

    // Every method that tshark sees is asked or answers.
    private static async Task<string[]> AssertJudgedAsync(string capture, int port = 5672)
    {
        string[] told = await ProtocolTrace.OfAsync(capture, "amqp");
        string[] packets = await ProtocolTrace.TsharkAsync(capture, "amqp", ("amqp", port), "tcp.stream", "_ws.col.Info");
        IEnumerable<string> theirs = packets.SelectMany(line => Method().Matches(line).Select(method =>
            $"{line.Split('\t')[0]} {method.Value}"));
        IEnumerable<string> ours = told.Where(line => !line.Contains("Protocol-Header", StringComparison.Ordinal))
            .SelectMany(line => Method().Matches(line).Select(method => $"{line.Split(' ')[0]} {method.Value}"));
        Assert.NotEmpty(told);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        return told;
    }

    [GeneratedRegex("(?<=[\\t ])(Connection|Channel|Exchange|Queue|Basic|Confirm|Tx)\\.[A-Z][A-Za-z-]*")]
    private static partial Regex Method();

    [GeneratedRegex("\\nack:([^\\n]*)\\n")]
    private static partial Regex Acknowledged();
}
