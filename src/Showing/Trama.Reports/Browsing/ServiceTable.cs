using System.Text;
using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>Counts the exchanges of a choice by server, protocol and group; what came since is added when it is asked for again. For one
/// thread.</summary>
internal sealed class ServiceTable(BrowsedRows rows)
{
    private const int MaxServices = 1 << 14;

    private readonly Dictionary<(Endpoint Server, int Protocol, int Group), ServiceTotals> _services = [];
    private (long Id, Endpoint Server) _latest = (-1, default);
    private long _seen;

    /// <summary>Counts rows that were not counted before.</summary>
    /// <param name="numbers">The rows, rising.</param>
    public void Add(ExchangeNumbers numbers)
    {
        for (int i = numbers.PlaceFrom(_seen); i < numbers.Length; i++)
        {
            long number = numbers[i];
            _seen = number + 1;
            if (!rows.Exchanges.TryGet(number, out KeptExchange row)) continue;
            if (_latest.Id != row.Connection)
                _latest = (row.Connection, rows.Connection(row.Connection)?.Connection.Server ?? default);
            (Endpoint, int, int) key = (_latest.Server, row.Protocol, row.Group);
            if (!_services.TryGetValue(key, out ServiceTotals? totals))
            {
                // The last one takes what has no room of its own.
                if (_services.Count >= MaxServices) key = (default, 0, 0);
                if (!_services.TryGetValue(key, out totals)) _services.Add(key, totals = new ServiceTotals());
            }

            totals.Add(row);
        }
    }

    /// <summary>The rows: those with faults first, then the most frequent.</summary>
    /// <param name="connections">The connections of the choice.</param>
    /// <param name="withoutExchanges">Whether servers without exchanges are told of too.</param>
    public List<ServiceRow> Rows(IEnumerable<BrowsedConnection> connections, bool withoutExchanges)
    {
        var perServer = new Dictionary<Endpoint, (long Connections, bool IsSilent)>();
        foreach (BrowsedConnection connection in connections)
        {
            (long count, bool isSilent) = perServer.GetValueOrDefault(connection.Connection.Server, (0, true));
            if (count > 0 || perServer.Count < MaxServices)
                perServer[connection.Connection.Server] = (count + 1, isSilent && connection.Exchanges == 0);
        }

        var found = new List<ServiceRow>(_services.Count);
        foreach (((Endpoint server, int protocol, int group), ServiceTotals totals) in _services)
        {
            string? name = protocol == 0 ? null : Encoding.UTF8.GetString(rows.Exchanges.Name(protocol).Span);
            var row = new ServiceRow(server, name, VisibleText.Of(rows.Exchanges.Name(group).Span));
            found.Add(totals.Fill(row) with { Connections = perServer.GetValueOrDefault(server).Connections });
        }

        if (withoutExchanges)
        {
            found.AddRange(perServer.Where(server => server.Value.IsSilent)
                .Select(server => new ServiceRow(server.Key, null, "") { Connections = server.Value.Connections }));
        }

        return
        [
            .. found.OrderByDescending(row => row.Faulty > 0).ThenByDescending(row => row.Exchanges)
                .ThenByDescending(row => row.Connections).ThenBy(row => row.Group, StringComparer.Ordinal),
        ];
    }
}
