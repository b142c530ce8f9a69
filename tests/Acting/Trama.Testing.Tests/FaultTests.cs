using System.Text.Json;
using Trama.Lab;

namespace Trama.Testing.Tests;

/// <summary>Each fault that the lab can make makes the assertion fail that it should.</summary>
public class FaultTests
{
    private const string Clean = "clean";

    private static readonly string s_faults = TestData.Shared("faults");
    private static readonly string s_own = Path.Combine(TestData.Root, "tests/Acting/Trama.Testing.Tests/captures");

    // What nobody needs to be warned of.
    private static readonly string[] s_harmless = ["simultaneous-close", "half-close", "ephemeral-port-reuse", "fast-open-refused"];

    // Beside HaveNoFindings, which fails for each that is not harmless.
    private static readonly (string Words, Action<WireAssertions> Assertion, string[] Faults)[] s_matching =
    [
        ("expected no retransmissions", it => it.HaveNoRetransmissions(),
        [
            "packet-loss", "spurious-retransmission", "backlog-overflow", "connection-filtered", "peer-vanished", "syn-flood", "path-outage",
            "mtu-ignored", "fast-open-refused",
        ]),
        ("expected no failures", it => it.HaveNoFailures(),
        [
            "connection-refused", "connection-filtered", "connection-rejected-by-icmp", "backlog-overflow", "reset-by-server",
            "reset-by-client", "reset-on-unread-data", "middlebox-reset", "closed-without-reply", "no-reply", "closed-without-greeting",
            "peer-vanished", "mtu-black-hole", "mtu-ignored", "path-outage", "keepalive-failure", "syn-flood", "port-scan", "half-open",
            "error-replies", "tls-alert", "idle-close-race", "idle-timeout", "connection-collision", "translation-lost", "message-split",
            "messages-coalesced",
        ]),
        ("expected replies within 200 ms, and ", it => it.ReplyWithin(TimeSpan.FromMilliseconds(200)),
            ["slow-server", "slow-network", "tls-handshake-slow"]),
        ("expected replies, and connection 1 is ", it => it.ReplyWithin(TimeSpan.FromMinutes(10)),
            ["connection-refused", "connection-filtered", "connection-rejected-by-icmp", "port-scan"]),
        ("expected a reply, and none came", it => it.ReplyWithin(TimeSpan.FromMinutes(10)),
            ["closed-without-reply", "no-reply", "idle-close-race"]),
    ];

    public static TheoryData<string> Captures =>
    [
        .. Directory.GetFiles(s_faults, "client.pcap", SearchOption.AllDirectories).Where(ShowsWhatItShould)
            .Select(path => Path.GetRelativePath(s_faults, path)),
        .. Directory.GetFiles(s_own, "*.pcap").Select(path => Path.GetFileName(path)),
    ];

    [Fact]
    public void Every_fault_of_the_lab_is_among_them() =>
        Assert.Empty(Demonstration.Faults.Except(Captures.Select(row => LabelOf(row.Data))));

    [Theory, MemberData(nameof(Captures))]
    public void A_fault_makes_its_assertion_fail_and_a_clean_capture_passes(string capture)
    {
        string label = LabelOf(capture);
        Traffic traffic = Traffic.Read(Path.Combine(capture.Contains('/', StringComparison.Ordinal) ? s_faults : s_own, capture));
        if (label == Clean || s_harmless.Contains(label)) PassesAsHarmless(traffic);
        else Fails("expected no findings", () => traffic.Should().HaveNoFindings());
        if (label != Clean) traffic.Should().HaveFinding(label);
        if (label == "slow-server") traffic.Should().HaveNoFindings("slow-server");
        foreach ((string words, Action<WireAssertions> assertion, string[] faults) in s_matching)
            if (faults.Contains(label)) Fails(words, () => assertion(traffic.Should()));
    }

    private static void PassesAsHarmless(Traffic traffic)
    {
        // Of some, only the beginnings of the packets were captured.
        if (traffic.Connections.Any(connection => connection.ToClient.CutPackets + connection.ToServer.CutPackets > 0))
        {
            Assert.Contains(" bytes of connection 1 were not captured",
                Assert.Throws<WireAssertionException>(() => traffic.Should().HaveNoFindings()).Message, StringComparison.Ordinal);
            return;
        }

        traffic.Should().HaveNoFindings();
        if (traffic.Connections.All(connection => connection.Tls is null)) traffic.Should().HaveNoFailures();
        else Fails("connection 1 is encrypted", () => traffic.Should().HaveNoFailures());
    }

    private static void Fails(string words, Action assertion) =>
        Assert.StartsWith(words, Assert.Throws<WireAssertionException>(assertion).Message, StringComparison.Ordinal);

    private static string LabelOf(string capture) => Path.GetFileNameWithoutExtension(capture.Split('/')[0]);

    // Of some faults the client's host sees nothing.
    private static bool ShowsWhatItShould(string capture)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(capture)!, "truth.json")));
        bool isClean = truth.RootElement.GetProperty("label").ValueEquals(Clean);
        return isClean || !truth.RootElement.GetProperty("expected").GetProperty("client").GetProperty("visibility").ValueEquals("none");
    }
}
