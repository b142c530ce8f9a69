using Trama.Diagnosis;
using Trama.Framing;
using Trama.Tracing;
using Trama.Tracing.Keeping;

namespace Trama.Reports.Browsing;

/// <summary>Tells which rows belong to a choice. For one thread.</summary>
internal sealed class ExchangeFilter
{
    private readonly BrowsingChoice _choice;
    private readonly BrowsedRows _rows;
    private readonly KeptExchangeReader _reader;
    private readonly Func<long, IReadOnlyList<Finding>> _findingsOf;
    private readonly TextSearch? _search;
    private (long Id, BrowsedConnection? Connection, bool IsChosen, bool IsFound) _latest = (-1, null, false, false);
    private (int Number, bool IsChosen) _group = (-1, false);

    /// <param name="choice">The choice.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="reader">Reads what was said.</param>
    /// <param name="findingsOf">What was found about a connection.</param>
    public ExchangeFilter(
        BrowsingChoice choice, BrowsedRows rows, KeptExchangeReader reader, Func<long, IReadOnlyList<Finding>> findingsOf)
    {
        (_choice, _rows, _reader, _findingsOf) = (choice, rows, reader, findingsOf);
        if (choice.Search.Length > 0) _search = new TextSearch(choice.Search);
    }

    /// <summary>Whether a row belongs to the choice.</summary>
    public bool Holds(long number, in KeptExchange row)
    {
        if (_choice.Connection is { } only && row.Connection != only) return false;
        if (row.FirstAt < _choice.From || row.FirstAt >= _choice.To) return false;
        if (_choice.FaultsOnly && !row.IsFaulty) return false;
        if (_choice.Group is { } group && !IsOf(group, row.Group)) return false;
        if (_choice.Server is null && _choice.Where is null && _search is null) return true;
        if (_latest.Id != row.Connection) _latest = Look(row.Connection);
        if (!_latest.IsChosen) return false;
        if (_choice.Where is null && (_search is null || _latest.IsFound)) return true;
        Exchange exchange = _reader.Read(number, row);
        if (_search is { } search && !_latest.IsFound && !IsSaid(exchange, search)) return false;
        return _choice.Where is null
            || (_latest.Connection is { } connection && _choice.Where.HoldsOf(connection.Connection, exchange));
    }

    private static bool IsSaid(Exchange exchange, TextSearch search) =>
        search.IsIn(exchange.Operation.Span) || search.IsIn(exchange.Group.Span) || search.IsIn(exchange.Status.Span)
        || (exchange.Request is { } request && search.IsIn(request.Head.Span))
        || (exchange.Reply is { } reply && search.IsIn(reply.Head.Span));

    private (long Id, BrowsedConnection? Connection, bool IsChosen, bool IsFound) Look(long id)
    {
        BrowsedConnection? found = _rows.Connection(id);
        bool isChosen = _choice.Server is not { } server || found?.Connection.Server == server;
        bool isFound = found is not null && _search is { } search && ConnectionFilter.IsFound(found.Connection, _findingsOf(id), search);
        return (id, found, isChosen, isFound);
    }

    private bool IsOf(string group, int number)
    {
        if (_group.Number != number) _group = (number, VisibleText.Of(_rows.Exchanges.Name(number).Span) == group);
        return _group.IsChosen;
    }
}
