using System.Text.Json;

namespace Trama.Testing.Tests;

/// <summary>Each known fault makes the assertion fail that it should.</summary>
public class FaultTests
{
    private static readonly string s_faults = Path.GetFullPath(Path.Combine(TestData.Root, "..", "shared", "faults"));

    public static TheoryData<string> Captures =>
    [
        .. Directory.Exists(s_faults)
            ? Directory.GetFiles(s_faults, "client.pcap", SearchOption.AllDirectories).Where(ShowsWhatItShould)
                .Select(path => Path.GetRelativePath(s_faults, path))
            : [""],
    ];

    [Theory, MemberData(nameof(Captures))]
    public void A_fault_has_findings_and_a_clean_capture_has_none(string capture)
    {
        Assert.SkipWhen(capture == "", "../shared/faults is not there");
        Traffic traffic = Traffic.Read(Path.Combine(s_faults, capture));
        string label = capture.Split(Path.DirectorySeparatorChar)[0];
        if (label == "clean") traffic.Should().HaveNoFindings().And.HaveNoFailures();
        else if (Array.IndexOf(s_harmless, label) >= 0) traffic.Should().HaveNoFailures();
        else Assert.Throws<WireAssertionException>(() => traffic.Should().HaveNoFindings());
        Action? meant = label switch
        {
            "packet-loss" or "spurious-retransmission" => () => traffic.Should().HaveNoRetransmissions(),
            "connection-refused" or "connection-filtered" or "reset-by-server" or "reset-by-client" =>
                () => traffic.Should().HaveNoFailures(),
            "slow-server" => () => traffic.Should().ReplyWithin(TimeSpan.FromMilliseconds(200)),
            _ => null,
        };
        if (meant is not null) Assert.Throws<WireAssertionException>(meant);
    }

    // Of some faults the client's host sees nothing.
    private static bool ShowsWhatItShould(string capture)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(capture)!, "truth.json")));
        bool isClean = truth.RootElement.GetProperty("label").ValueEquals("clean");
        return isClean || !truth.RootElement.GetProperty("expected").GetProperty("client").GetProperty("visibility").ValueEquals("none");
    }

    // What nobody needs to be warned of.
    private static readonly string[] s_harmless = ["simultaneous-close", "half-close", "ephemeral-port-reuse"];
}
