using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;

namespace Trama.Fleet.Browsing;

/// <summary>Makes edges of sketches, as they come. What is kept is bounded: whatever comes beyond is counted.</summary>
internal sealed class EdgeCollection
{
    // So many sketches in memory, each of one edge and sensor; a usual one has some kilobytes.
    private const int MostSketches = 20_000;

    private readonly Dictionary<(string Client, string Server, string Operation), SortedDictionary<string, Edge>> _seen = [];
    private int _sketches;

    /// <summary>How many exchanges found no place.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Adds a sketch.</summary>
    /// <param name="sensor">Who sent it.</param>
    /// <param name="row">A row of <see cref="FleetTable.Sketches"/>.</param>
    public void Add(string sensor, ReadRow row)
    {
        var key = (KeptText.Of(row, "client"), KeptText.Of(row, "server"), KeptText.Of(row, "operation"));
        long count = row.Number("count") ?? 0;
        _seen.TryGetValue(key, out SortedDictionary<string, Edge>? sensors);
        if (sensors?.ContainsKey(sensor) != true && _sketches++ >= MostSketches)
        {
            LeftOut += count;
            return;
        }

        if (sensors is null) _seen[key] = sensors = new SortedDictionary<string, Edge>(StringComparer.Ordinal);
        Edge edge = sensors.GetValueOrDefault(sensor, new Edge(key.Item1, key.Item2, key.Item3, 0, 0, new LatencySketch()));
        edge.Took.TryAdd(row.Text("buckets"), row.Number("sumNs") ?? 0);
        sensors[sensor] = edge with { Count = edge.Count + count, Failed = edge.Failed + (row.Number("failed") ?? 0) };
    }

    /// <summary>The edges: those that fail most first, then those that take longest.</summary>
    // Sensors at both ends tell of the same exchanges: who saw most of them counts.
    public IReadOnlyList<Edge> Sorted() => [.. _seen.Values.Select(sensors => sensors.Values.MaxBy(edge => edge.Count)!)
        .OrderByDescending(edge => edge.FailedShare).ThenByDescending(edge => edge.Took.Percentile(0.99) ?? 0)
        .ThenBy(edge => edge.Server, StringComparer.Ordinal).ThenBy(edge => edge.Client, StringComparer.Ordinal)
        .ThenBy(edge => edge.Operation, StringComparer.Ordinal)];
}
