using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Fleet.Tests;

namespace Trama.Hub.Tests;

/// <summary>Connections that stay open are joined while they are, and once more when they end, and asked for in between.</summary>
public sealed class OpenConnectionTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(50);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_open_connection_is_joined_early_asked_for_and_judged_once_when_it_ended()
    {
        string faults = TestData.Shared("faults/packet-loss/single-1");
        using var broker = new TestBroker(_folder["nats"]);
        using var hub = new TestHub(broker.Url, _folder["store"], "hub");
        using var client = new TestSensor(broker.Url, _folder["client"], "client");
        using var server = new TestSensor(broker.Url, _folder["server"], "server");
        Action[] rest =
        [
            client.Begin(Path.Combine(faults, "client.pcap"), 1, 40), server.Begin(Path.Combine(faults, "server.pcap"), 1, 40),
        ];
        var early = new List<Pair>();
        Assert.True(Wait(() => (early = Pairs()).Count == 1), $"{string.Join(' ', Tickets())}\n{string.Join('\n', hub.Said)}");
        Assert.True(early[0].IsEarly);
        Assert.EndsWith("  open", Assert.Single(List()), StringComparison.Ordinal);
        // While it goes on, somebody wants to see it.
        var digests = new KeptDigests(_folder["store"]);
        Assert.True(new AskedPairs(_folder["store"]).Ask(early[0]));
        Assert.True(Wait(() => digests.Has(early[0].Name)), string.Join('\n', hub.Said));
        var seen = digests.Read(early[0].Name);
        Assert.NotNull(seen);
        Assert.Equal(0, JoinedDigests.Of(seen.Value.One, seen.Value.Other).Lost);
        foreach (Action go in rest) go();
        Assert.True(Wait(() => Count(FleetKind.Verdicts, row => row.Text("id") == "packet-loss") == 1), string.Join('\n', hub.Said));
        Assert.Equal([true, false], Pairs().Select(pair => pair.IsEarly));
        Assert.EndsWith("  packet-loss", Assert.Single(List()), StringComparison.Ordinal);
        Assert.True(Wait(() => digests.Read(early[0].Name) is var (one, other) && JoinedDigests.Of(one, other).Lost > 0));
        // Under each of its keys an end is told of twice: while it was open, and when it ended. The bytes of one stream are too few yet.
        Assert.Equal([("client", 0, 4), ("client", 1, 3), ("server", 0, 4), ("server", 1, 3)], Tickets());
        Assert.Equal(0, Count(FleetKind.Verdicts, row => row.Text("failure").Length > 0));
        hub.End();
        Assert.Contains(hub.Said, line => line.Contains("1 pairs, 2 judged, 0 not", StringComparison.Ordinal));
    }

    private string[] List() => [.. TestHub.List("pairs", _folder["store"]).Where(line => line.Length > 0)];

    private List<Pair> Pairs()
    {
        var pairs = new List<Pair>();
        Each(FleetKind.Pairs, (_, row) => pairs.Add(Pair.Read(row)));
        return pairs;
    }

    private int Count(FleetKind kind, Func<ReadRow, bool> counts)
    {
        int rows = 0;
        Each(kind, (_, row) => rows += counts(row) ? 1 : 0);
        return rows;
    }

    private IEnumerable<(string, int, int)> Tickets()
    {
        var tickets = new List<(string Sensor, int Early)>();
        Each(FleetKind.Tickets, (sensor, row) => tickets.Add((sensor, (int)(row.Number("early") ?? -1))));
        return tickets.GroupBy(ticket => ticket).Select(same => (same.Key.Sensor, same.Key.Early, same.Count())).Order();
    }

    private void Each(FleetKind kind, Action<string, ReadRow> row)
    {
        if (HeldReading.IsStore(_folder["store"])) HeldReading.Each(_folder["store"], kind, row);
    }

    private static bool Wait(Func<bool> until) => SpinWait.SpinUntil(() =>
    {
        Thread.Sleep(200);
        return until();
    }, s_patience);
}
