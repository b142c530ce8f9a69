using System.Text;
using Trama.Framing;
using Trama.Tracing;

namespace Trama.Rows.Metrics;

/// <summary>
/// Counts exchanges by service and operation. There are so many kinds at most; what comes beyond is counted as others, and told.
/// </summary>
public sealed class MetricSink : IShardedSink
{
    /// <summary>How many kinds of exchanges are told apart.</summary>
    public const int MostSeries = 2000;

    private const int LongestOperation = 120;
    private const string Other = "other";

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Service, string Protocol, string Operation), Series> _series = [];
    private long _connections, _others;

    /// <summary>Numbers of others, by their names, that are told besides; asked each time.</summary>
    public Func<IEnumerable<(string Name, string Type, string Help, double Value)>>? Besides { get; init; }

    /// <summary>How many exchanges were of kinds beyond those that are told apart.</summary>
    public long Others
    {
        get
        {
            lock (_lock) return _others;
        }
    }

    /// <inheritdoc/>
    public IShardPart? OpenPart(int shard) => null;

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        if (exchange.Request is null) return;
        SideProcess? process = connection.Process(Side.Server);
        string service = process?.Command is { Length: > 0 } command ? VisibleText.Of(command) : connection.Server.ToString();
        string operation = Words(exchange.Group.Span);
        lock (_lock)
        {
            Series series = Of((service, exchange.Protocol ?? "", operation));
            series.Requests++;
            if (exchange.Failed == true) series.Failures++;
            series.Duration.Add(exchange.TotalNs);
            series.Network.Add(exchange.NetworkNs);
        }
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        lock (_lock) _connections++;
    }

    /// <summary>The metrics as Prometheus reads them.</summary>
    public string Write()
    {
        var text = new MetricText();
        lock (_lock)
        {
            text.Begin("trama_requests_total", "counter", "Requests that were seen.");
            foreach (Series series in _series.Values) text.Sample("trama_requests_total", series.Labels, series.Requests);
            text.Begin("trama_failures_total", "counter", "Requests whose reply their protocol calls an error.");
            foreach (Series series in _series.Values) text.Sample("trama_failures_total", series.Labels, series.Failures);
            text.Begin("trama_request_duration_seconds", "histogram",
                "From the first byte of the request to the last one of the reply.");
            foreach (Series series in _series.Values) series.Duration.Write(text, "trama_request_duration_seconds", series.Labels);
            text.Begin("trama_network_duration_seconds", "histogram", "The time on the path between request and reply.");
            foreach (Series series in _series.Values) series.Network.Write(text, "trama_network_duration_seconds", series.Labels);
            text.Begin("trama_connections_ended_total", "counter", "Connections that are over.");
            text.Sample("trama_connections_ended_total", "", _connections);
            text.Begin("trama_others_total", "counter", "Requests that are counted as others: there were too many kinds.");
            text.Sample("trama_others_total", "", _others);
        }

        foreach ((string name, string type, string help, double value) in Besides?.Invoke() ?? [])
        {
            text.Begin(name, type, help);
            text.Sample(name, "", value);
        }

        return text.ToString();
    }

    private Series Of((string Service, string Protocol, string Operation) kind)
    {
        if (_series.TryGetValue(kind, out Series? series)) return series;
        if (_series.Count >= MostSeries)
        {
            _others++;
            kind = (Other, Other, Other);
            if (_series.TryGetValue(kind, out series)) return series;
        }

        string labels = string.Join(',', MetricText.Label("service", kind.Service), MetricText.Label("protocol", kind.Protocol),
            MetricText.Label("operation", kind.Operation));
        return _series[kind] = new Series(labels);
    }

    private static string Words(ReadOnlySpan<byte> group)
    {
        string text = VisibleText.IsPlain(group) ? Encoding.UTF8.GetString(group) : VisibleText.Of(group);
        if (text.Length <= LongestOperation) return text;
        // Half a letter would be written as any other half: two operations with the same labels, which Prometheus refuses.
        int length = LongestOperation - (char.IsHighSurrogate(text[LongestOperation - 1]) ? 1 : 0);
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
