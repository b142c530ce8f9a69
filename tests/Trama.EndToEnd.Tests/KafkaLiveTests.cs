using System.Globalization;
using System.Text.RegularExpressions;

namespace Trama.EndToEnd.Tests;

/// <summary>Kafka of librdkafka, against the broker that it plays itself; tshark is the judge.</summary>
public partial class KafkaLiveTests
{
    // As Kafka numbers them, from 0.
    private static readonly string[] s_apis =
    [
        "Produce", "Fetch", "ListOffsets", "Metadata", "LeaderAndIsr", "StopReplica", "UpdateMetadata", "ControlledShutdown",
        "OffsetCommit",
        "OffsetFetch", "FindCoordinator", "JoinGroup", "Heartbeat", "LeaveGroup", "SyncGroup", "DescribeGroups", "ListGroups",
        "SaslHandshake",
        "ApiVersions",
    ];

    [Theory]
    [InlineData("kafka-lab-mock.pcapng", 17, 38775, 33987)]
    [InlineData("kafka-deepflow-18-api-versions-v3.pcap", 1, 9092)]
    public async Task A_capture_is_told_as_tshark_tells_it(string name, int exchanges, params int[] ports) =>
        await AssertJudgedAsync(TestData.Shared($"protocols/{name}"), exchanges, ports);

    [Fact]
    public async Task What_kcat_produces_and_consumes_is_traced_whole()
    {
        string kcat = TestData.Program("kcat");
        await Captures.RequireLiveAsync();
        using var folder = new TemporaryFolder();
        // The broker lives as long as the producer that it was started in, which waits for words.
        await using TramaProcess broker = TramaProcess.Start(kcat, ["-P", "-b", "mock", "-t", "held", "-X", "test.mock.num.brokers=1"]);
        string said = await broker.ErrorAsync(line => line.Contains("Mock cluster enabled", StringComparison.Ordinal));
        int port = int.Parse(Port().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        string[] at = ["-b", $"127.0.0.1:{port}"];
        string capture = await LiveCapture.OfAsync(folder, port, async () =>
        {
            foreach (string acknowledgements in (string[])["0", "1", "all"])
            {
                TramaProcess.Ended produced = await TramaProcess.RunAsync(
                    kcat, ["-P", .. at, "-t", "orders", "-p", "0", "-X", $"acks={acknowledgements}"],
                    $"with {acknowledgements}\n{new string('x', 50_000)}\n");
                Assert.Equal(0, produced.Code);
            }

            TramaProcess.Ended consumed = await TramaProcess.RunAsync(kcat, ["-C", .. at, "-t", "orders", "-p", "0", "-o", "beginning",
                "-c", "6", "-q"]);
            Assert.Contains("with all", consumed.Output, StringComparison.Ordinal);
        });
        string[] told = await AssertJudgedAsync(capture, null, port);
        string traced = (await TramaProcess.RunAsync(["trace", capture, "--ndjson", "--where",
            "operation=\"Produce orders\" and replyDue=false"])).Output;
        Assert.Contains("\"replyDue\":false", traced, StringComparison.Ordinal);
        Assert.Contains(told, line => line.EndsWith("Produce orders -> NONE", StringComparison.Ordinal));
    }

    private static async Task<string[]> AssertJudgedAsync(string capture, int? exchanges, params int[] ports)
    {
        // This broker answers what wants no acknowledgement all the same; such a reply belongs to nothing.
        string[] told = [.. (await ProtocolTrace.OfAsync(capture, "kafka")).Where(line => !line.EndsWith("  -> ",
            StringComparison.Ordinal))];
        List<ProtocolJudge.Unit> units = await ProtocolJudge.OfAsync(capture, "kafka", ports);
        IEnumerable<string> theirs = units.Where(unit => unit["kafka.request_key"] is not null).Select(request =>
        {
            ProtocolJudge.Unit? reply = units.Find(unit => unit["kafka.response_key"] is not null && unit.Stream == request.Stream
                && unit["kafka.correlation_id"] == request["kafka.correlation_id"]);
            if (request["kafka.required_acks"] == "0") reply = null;
            string api = s_apis[int.Parse(request["kafka.request_key"]!, CultureInfo.InvariantCulture)];
            string topic = request["kafka.topic_name"] is { } name ? $" {name}" : "";
            string[] errors = [.. reply?.All("kafka.error") ?? []];
            string code = errors.FirstOrDefault(error => error != "0") ?? "0";
            return $"{request.Stream} client {api}{topic} -> {(reply is null ? "" : Error(code))}";
        });
        Assert.Equal(theirs.Order(StringComparer.Ordinal), told);
        if (exchanges is { } expected) Assert.Equal(expected, told.Length);
        return told;
    }

    // The errors that this broker knows.
    private static string Error(string code) => code switch
    {
        "0" => "NONE",
        "3" => "UNKNOWN_TOPIC_OR_PARTITION",
        "35" => "UNSUPPORTED_VERSION",
        _ => code,
    };

    [GeneratedRegex("127\\.0\\.0\\.1:([0-9]+)")]
    private static partial Regex Port();
}
