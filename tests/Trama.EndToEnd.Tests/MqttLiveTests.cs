using System.Globalization;

namespace Trama.EndToEnd.Tests;

/// <summary>MQTT of mosquitto and its clients; tshark is the judge.</summary>
public class MqttLiveTests
{
    // As tshark numbers them.
    private static readonly string[] s_names =
    [
        "", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK",
        "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    ];

    [Fact]
    public async Task A_capture_of_both_versions_is_told_as_tshark_tells_it() =>
        await AssertJudgedAsync(TestData.Shared("protocols/mqtt-lab-v5-qos.pcapng"), null, 21);

    [Theory]
    [InlineData("mqttv31")]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task What_mosquitto_clients_publish_with_every_quality_of_service_is_traced_whole(string version)
    {
        string mosquitto = TestData.Program("mosquitto");
        string publish = TestData.Program("mosquitto_pub"), subscribe = TestData.Program("mosquitto_sub");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Next();
        await File.WriteAllTextAsync(
            folder["mosquitto.conf"],
            $"listener {port} 127.0.0.1\nallow_anonymous true\nlog_dest stderr\nlog_type debug\n",
            TestContext.Current.CancellationToken);
        await using TramaProcess server = TramaProcess.Start(mosquitto, ["-c", folder["mosquitto.conf"]]);
        await LiveCapture.AcceptsAsync(port);
        string[] common = ["-h", "127.0.0.1", "-p", $"{port}", "-V", version];
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            await using TramaProcess subscriber = TramaProcess.Start(
                subscribe, [.. common, "-i", "listener", "-t", "home/#", "-t", "work/+/door", "-q", "2", "-v", "-C", "3"]);
            await server.ErrorAsync(line => line.Contains("Sending SUBACK to listener", StringComparison.Ordinal));
            for (int qos = 0; qos < 3; qos++)
            {
                string[] message = ["-q", $"{qos}", "-t", $"home/{qos}", "-m", $"value {qos}"];
                TramaProcess.Ended published = await TramaProcess.RunAsync(
                    publish, [.. common, .. message, "-u", "ana", "-P", "hunter2", "--will-topic", "home/gone"]);
                Assert.Equal(0, published.Code);
            }

            Assert.Equal(0, (await subscriber.EndAsync()).Code);
        });
        string[] told = await AssertJudgedAsync(capture, port, 17);
        Assert.DoesNotContain(told, line => line.Contains("hunter2", StringComparison.Ordinal));
        Assert.Contains(told, line => line.EndsWith("client PUBLISH home/2 -> PUBREC", StringComparison.Ordinal));
        Assert.Contains(told, line => line.EndsWith("server PUBLISH home/1 -> PUBACK", StringComparison.Ordinal));
        Assert.Contains(told, line => line.Contains("client SUBSCRIBE home/# work/+/door -> SUBACK 2 2", StringComparison.Ordinal));
    }

    // Every packet that tshark sees is the first or the last word of an exchange, with its topics.
    private static async Task<string[]> AssertJudgedAsync(string capture, int? port, int exchanges)
    {
        string[] told = await ProtocolTrace.OfAsync(capture, "mqtt");
        string[] packets = await ProtocolTrace.TsharkAsync(
            capture, "mqtt", port is { } known ? ("mqtt", known) : null, "tcp.stream", "mqtt.msgtype", "mqtt.topic");
        var theirs = new List<string>();
        foreach (string[] fields in packets.Select(line => line.Split('\t')))
        {
            var topics = new Queue<string>(fields[2].Split(',', StringSplitOptions.RemoveEmptyEntries));
            string[] types = fields[1].Split(',');
            foreach (string type in types)
            {
                string name = s_names[int.Parse(type, CultureInfo.InvariantCulture)];
                int count = name is "PUBLISH" ? 1 : name is "SUBSCRIBE" or "UNSUBSCRIBE" ? topics.Count : 0;
                theirs.Add(string.Join(' ', [fields[0], name, .. Enumerable.Range(0, count).Select(_ => topics.Dequeue())]));
            }
        }

        IEnumerable<string> ours = told.SelectMany(line =>
        {
            string[] words = line.Split(' ');
            int arrow = Array.IndexOf(words, "->");
            bool hasTopics = words[2] is "PUBLISH" or "SUBSCRIBE" or "UNSUBSCRIBE";
            string asked = string.Join(' ', [words[0], .. words[2..(hasTopics ? arrow : 3)]]);
            string answered = words.ElementAtOrDefault(arrow + 1) ?? "";
            return answered.Length > 0 ? [asked, $"{words[0]} {answered}"] : (string[])[asked];
        });
        Assert.Equal(exchanges, told.Length);
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
        return told;
    }
}
