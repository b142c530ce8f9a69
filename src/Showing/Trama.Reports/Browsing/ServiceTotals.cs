using Trama.Reports.Summary;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>What is counted of the exchanges of one service.</summary>
internal sealed class ServiceTotals
{
    private readonly Latencies _server = new();
    private long _exchanges;
    private long _faulty;
    private long _networkNs;
    private long _totalNs;

    public void Add(in KeptExchange row)
    {
        _exchanges++;
        if (row.IsFaulty) _faulty++;
        if (row.ServerNs is { } server) _server.Add(server);
        if (row is not { NetworkNs: { } network, TotalNs: > 0 and { } total }) return;
        _networkNs += Math.Clamp(network, 0, total);
        _totalNs += total;
    }

    public ServiceRow Fill(ServiceRow row) => row with
    {
        Exchanges = _exchanges,
        Faulty = _faulty,
        ServerP50Ns = _server.Percentile(0.5),
        ServerP99Ns = _server.Percentile(0.99),
        ServerMaxNs = _server.Count == 0 ? null : _server.Longest,
        NetworkShare = _totalNs == 0 ? null : (double)_networkNs / _totalNs,
    };
}
