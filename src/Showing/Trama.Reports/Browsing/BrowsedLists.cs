using Trama.Framing;
using Trama.Packets;
using Trama.Tracing;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>Answers what is asked of the rows, one question at a time, and remembers the lists of the latest choices.</summary>
internal sealed class BrowsedLists(BrowsedRows rows, BrowsedFindings findings)
{
    /// <summary>How many rows a window has at most.</summary>
    private const int MaxWindow = 1000;

    private const int Remembered = 6;

    private readonly Lock _lock = new();
    private readonly List<ExchangeList> _lists = [];
    private readonly List<(BrowsingChoice Choice, ServiceTable Table)> _services = [];
    private readonly KeptExchangeReader _reader = new(rows.Exchanges);
    private long _told;

    public Window<ExchangeRow> Exchanges(
        BrowsingChoice choice, ExchangeOrder order, bool descending, long from, int count, CancellationToken stop)
    {
        lock (_lock)
        {
            ExchangeNumbers numbers = List(choice, order, descending).Numbers(stop);
            (int first, int length) = Clamp(from, count, numbers.Length);
            var found = new List<ExchangeRow>(length);
            for (int i = first; i < first + length; i++)
                if (rows.Exchanges.TryGet(numbers[i], out KeptExchange row)) found.Add(Shown(numbers[i], row));
            return new Window<ExchangeRow>(found, first, numbers.Length);
        }
    }

    public long PlaceOf(BrowsingChoice choice, ExchangeOrder order, bool descending, long number, CancellationToken stop)
    {
        lock (_lock) return List(choice, order, descending).Numbers(stop).IndexOf(number);
    }

    public Window<BrowsedConnection> Connections(
        BrowsingChoice choice, ConnectionOrder order, bool descending, long from, int count, CancellationToken stop)
    {
        List<BrowsedConnection> chosen = Chosen(choice, stop);
        IEnumerable<BrowsedConnection> sorted = order switch
        {
            ConnectionOrder.Number => chosen,
            ConnectionOrder.FaultyFirst => chosen.OrderByDescending(row => Weight(row)).ThenByDescending(row => row.Faulty)
                .ThenBy(row => row.Connection.Id),
            _ => chosen.OrderBy(row => Key(row, order)),
        };
        if (descending) sorted = sorted.Reverse();
        (int first, int length) = Clamp(from, count, chosen.Count);
        return new Window<BrowsedConnection>([.. sorted.Skip(first).Take(length)], first, chosen.Count);
    }

    public List<ServiceRow> Services(BrowsingChoice choice, CancellationToken stop)
    {
        List<BrowsedConnection> chosen = Chosen(choice, stop);
        lock (_lock)
        {
            Renew();
            int known = _services.FindIndex(other => other.Choice.Equals(choice));
            ServiceTable table = known >= 0 ? _services[known].Table : new ServiceTable(rows);
            if (known < 0) Remember(_services, (choice, table));
            table.Add(List(choice, ExchangeOrder.Completed, descending: false).Numbers(stop));
            return table.Rows(chosen, withoutExchanges: !choice.NeedsExchanges);
        }
    }

    public Timeline Timeline(BrowsingChoice choice, TimelineBuilder builder, CancellationToken stop)
    {
        lock (_lock)
        {
            ExchangeNumbers numbers = List(choice, ExchangeOrder.Completed, descending: false).Numbers(stop);
            for (int i = 0; i < numbers.Length; i++)
                if (rows.Exchanges.TryGet(numbers[i], out KeptExchange row)) builder.Add(row);
        }

        bool isNarrow = choice.NeedsExchanges || choice.Search.Length > 0 || choice.FaultsOnly;
        HashSet<long>? chosen = isNarrow ? [.. Chosen(choice, stop).Select(row => row.Connection.Id)] : null;
        for (long number = rows.Retransmissions.First; number < rows.Retransmissions.End; number++)
        {
            if (!rows.Retransmissions.TryGet(number, out (Timestamp At, long Connection) again)) continue;
            bool isChosen = chosen?.Contains(again.Connection) != false && (choice.Connection ?? again.Connection) == again.Connection
                && (choice.Server is not { } server || rows.Connection(again.Connection)?.Connection.Server == server);
            if (isChosen) builder.AddRetransmission(again.At);
        }

        return builder.Build();
    }

    private List<BrowsedConnection> Chosen(BrowsingChoice choice, CancellationToken stop)
    {
        HashSet<long>? withExchanges = null;
        if (choice.NeedsExchanges || choice.Search.Length > 0)
        {
            withExchanges = [];
            // Which of a connection's exchanges are faulty is not what is asked here.
            BrowsingChoice exchanges = choice with { FaultsOnly = false };
            lock (_lock)
            {
                ExchangeNumbers numbers = List(exchanges, ExchangeOrder.Completed, descending: false).Numbers(stop);
                for (int i = 0; i < numbers.Length; i++)
                    if (rows.Exchanges.TryGet(numbers[i], out KeptExchange row)) withExchanges.Add(row.Connection);
            }
        }

        var filter = new ConnectionFilter(choice, findings.Of, withExchanges);
        return [.. rows.Connections().Where(filter.Holds)];
    }

    private ExchangeList List(BrowsingChoice choice, ExchangeOrder order, bool descending)
    {
        Renew();
        int known = _lists.FindIndex(list => list.IsOf(choice, order, descending));
        ExchangeList found = known >= 0 ? _lists[known] : new ExchangeList(choice, order, descending, rows, _reader, findings.Of);
        if (known >= 0) _lists.RemoveAt(known);
        Remember(_lists, found);
        return found;
    }

    // A text may be the name of what has been found since.
    private void Renew()
    {
        if (findings.Told is var told && told == _told) return;
        _told = told;
        _lists.RemoveAll(list => list.Choice.Search.Length > 0);
        _services.RemoveAll(services => services.Choice.Search.Length > 0);
    }

    private ExchangeRow Shown(long number, in KeptExchange row)
    {
        Exchange exchange = _reader.Read(number, row);
        ReadOnlySpan<byte> operation = exchange.Operation.Span, head = exchange.Request is { } request ? request.Head.Span : default;
        return new ExchangeRow(number, row)
        {
            Protocol = exchange.Protocol,
            Operation = operation.IsEmpty ? Head(head) : VisibleText.Of(operation),
            Group = VisibleText.Of(exchange.Group.Span),
            Status = VisibleText.Of(exchange.Status.Span),
            Reply = exchange.Reply is { } reply ? Head(reply.Head.Span) : "",
        };
    }

    private static string Head(ReadOnlySpan<byte> bytes) =>
        VisibleText.IsBinary(bytes) ? HexText.Of(bytes, 4 * HexText.PerRow + 2) : VisibleText.Of(bytes);

    private int Weight(BrowsedConnection row) =>
        findings.Of(row.Connection.Id) is [var main, ..] ? 1 + (int)main.Severity : row.Faulty > 0 ? 1 : 0;

    private static long Key(BrowsedConnection row, ConnectionOrder order) => order switch
    {
        ConnectionOrder.Duration => row.LastAt - row.Connection.OpenedAt,
        ConnectionOrder.Exchanges => row.Exchanges,
        ConnectionOrder.Faulty => row.Faulty,
        ConnectionOrder.Bytes => row.Bytes,
        ConnectionOrder.Retransmissions => row.Retransmissions,
        ConnectionOrder.Rtt => row.Connection.Rtt?.P50Ns ?? 0,
        _ => row.LongestServerNs,
    };

    private static (int From, int Count) Clamp(long from, int count, int length)
    {
        int first = (int)Math.Clamp(from, 0, length);
        return (first, Math.Clamp(count, 0, Math.Min(MaxWindow, length - first)));
    }

    private static void Remember<T>(List<T> latest, T one)
    {
        if (latest.Count == Remembered) latest.RemoveAt(0);
        latest.Add(one);
    }
}
