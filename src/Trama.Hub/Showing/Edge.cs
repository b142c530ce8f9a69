using Trama.Fleet.Sketches;

namespace Trama.Hub.Showing;

/// <summary>Who asks whom for what.</summary>
/// <param name="Client">The client's address.</param>
/// <param name="Server">The server's address and port.</param>
/// <param name="Operation">The operation; empty where none is known.</param>
/// <param name="Count">How many exchanges there were.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Took">How long they took.</param>
internal sealed record Edge(string Client, string Server, string Operation, long Count, long Failed, LatencySketch Took)
{
    /// <summary>Which part failed, from 0 to 1.</summary>
    public double FailedShare => (double)Failed / Math.Max(1, Count);

    /// <summary>The edges of sketches: those that fail most first, then those that take longest.</summary>
    /// <param name="each">Gives sketches, as rows and the sensors that sent them.</param>
    public static IReadOnlyList<Edge> Of(Action<Action<string, Fleet.Sending.ReadRow>> each)
    {
        var seen = new Dictionary<(string Client, string Server, string Operation), SortedDictionary<string, Edge>>();
        each((sensor, row) =>
        {
            var key = (row.Text("client"), row.Text("server"), row.Text("operation"));
            if (!seen.TryGetValue(key, out SortedDictionary<string, Edge>? sensors))
                seen[key] = sensors = new SortedDictionary<string, Edge>(StringComparer.Ordinal);
            Edge edge = sensors.GetValueOrDefault(sensor, new Edge(key.Item1, key.Item2, key.Item3, 0, 0, new LatencySketch()));
            edge.Took.TryAdd(row.Text("buckets"), row.Number("sumNs") ?? 0);
            sensors[sensor] = edge with
            {
                Count = edge.Count + (row.Number("count") ?? 0),
                Failed = edge.Failed + (row.Number("failed") ?? 0),
            };
        });
        // Sensors at both ends tell of the same exchanges: who saw most of them counts.
        return [.. seen.Values.Select(sensors => sensors.Values.MaxBy(edge => edge.Count)!)
            .OrderByDescending(edge => edge.FailedShare).ThenByDescending(edge => edge.Took.Percentile(0.99) ?? 0)
            .ThenBy(edge => edge.Server, StringComparer.Ordinal).ThenBy(edge => edge.Client, StringComparer.Ordinal)
            .ThenBy(edge => edge.Operation, StringComparer.Ordinal)];
    }

    /// <summary>The address of an endpoint: <c>10.0.0.1:443</c>, <c>[::1]:443</c>.</summary>
    public static string AddressOf(string endpoint) =>
        (endpoint.LastIndexOf(':') is > 0 and var colon ? endpoint[..colon] : endpoint).Trim('[', ']');
}
