using Trama.Captures;
using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;
using Trama.Reports;
using Record = Trama.Packets.Record;

namespace Trama.Hub.Tests;

/// <summary>The labelled faults, seen by a sensor at each end: a hub joins them by itself, and says what two captures say.</summary>
public sealed class VerdictTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _unanswered = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hub_says_of_most_faults_what_two_captures_say()
    {
        string[] cases = [.. Directory.EnumerateFiles(TestData.Shared("faults"), "client.pcap", SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!).OrderBy(FirstAt)];
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "hub");
        using var client = new TestSensor(broker.Url, _folder["client"], "client");
        using var server = new TestSensor(broker.Url, _folder["server"], "server");
        for (int i = 0; i < cases.Length; i++)
        {
            client.See(Path.Combine(cases[i], "client.pcap"), i);
            server.See(Path.Combine(cases[i], "server.pcap"), i);
        }

        // Every pair with trouble has a verdict in the end.
        int troubled = 0, judged = 0;
        Assert.True(Wait(() => client.Spool.Waiting == 0 && server.Spool.Waiting == 0
            && (troubled = Rows(FleetKind.Pairs, row => row.Number("severity") >= 1)) > 0
            && (judged = Rows(FleetKind.Verdicts, _ => true)) == troubled), $"{troubled} {judged} {string.Join('\n', hub.Said)}");
        Dictionary<long, string> said = Said();
        var different = new List<string>();
        for (int i = 0; i < cases.Length; i++)
        {
            string expected = Direct(cases[i]), found = said.GetValueOrDefault(i, "none");
            string name = Path.GetRelativePath(TestData.Shared("faults"), cases[i]);
            if (expected != found) different.Add($"{name}: {expected}, by the hub {found}");
        }

        TestContext.Current.SendDiagnosticMessage($"{cases.Length - different.Count} of {cases.Length} as two captures\n"
            + string.Join('\n', different) + "\n" + $"{troubled} troubled pairs, not answered: {string.Join(", ", _unanswered)}");
        Assert.True(different.Count <= cases.Length / 4, string.Join('\n', different));
    }

    private static string Direct(string folder)
    {
        JoinedDigests joined = JoinedDigests.Of(File.ReadAllBytes(Path.Combine(folder, "client.pcap")),
            File.ReadAllBytes(Path.Combine(folder, "server.pcap")));
        return joined.Diagnosis.Verdict is { Finding: var finding }
            ? $"{FindingNames.Of(finding.Id)} {finding.Party.ToString().ToLowerInvariant()}" : "none";
    }

    // Of an experiment the worst, and of these what most connections have.
    private Dictionary<long, string> Said()
    {
        var verdicts = new List<(long Run, string Said, string Severity)>();
        HeldReading.Each(_folder["store"], FleetKind.Verdicts, (_, row) =>
        {
            if (row.Text("failure").Length > 0) _unanswered.Add($"{row.Number("oneRunAt")}: {row.Text("failure")} {row.Text("client")}");
            if (row.Text("id").Length > 0) verdicts.Add((row.Number("oneRunAt") ?? -1, $"{row.Text("id")} {row.Text("party")}",
                row.Text("severity")));
        });
        return verdicts.GroupBy(verdict => verdict.Run).ToDictionary(run => run.Key, run => run.GroupBy(verdict => verdict.Said)
            .OrderBy(cause => cause.Any(verdict => verdict.Severity == "error") ? 0 : 1).ThenByDescending(cause =>
                cause.Count()).First().Key);
    }

    private int Rows(FleetKind kind, Func<ReadRow, bool> counts)
    {
        int rows = 0;
        if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], kind, (_, row) => rows += counts(row) ? 1 : 0);
        return rows;
    }

    private static long FirstAt(string folder)
    {
        using CaptureFile file = CaptureFile.Open(Path.Combine(folder, "client.pcap"));
        return file.TryRead(out Record record) ? record.Timestamp.Nanoseconds : 0;
    }

    private static bool Wait(Func<bool> until) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(200);
        return until();
    }, s_patience);
}
