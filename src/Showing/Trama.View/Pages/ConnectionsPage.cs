using System.Globalization;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>The connections of a choice.</summary>
/// <param name="context">What all pages share.</param>
/// <param name="choice">Which.</param>
/// <param name="name">What they are called in the path.</param>
internal sealed class ConnectionsPage(ViewContext context, BrowsingChoice choice, string name) : CapturePage(context)
{
    // Enough for many screens, so that moving about costs nothing.
    private const int AtOnce = 1000;

    private const int MostEndpoint = 21, MostEndpointWide = 30;

    private static readonly ConnectionOrder[] Orders = Enum.GetValues<ConnectionOrder>();

    // Live, those that come last stay last.
    private ConnectionOrder _order = context.Options.IsLive ? ConnectionOrder.Number : ConnectionOrder.FaultyFirst;
    private bool _isTurned;
    private Window<BrowsedConnection>? _rows;
    private long _count;

    // As wide as what was seen in them: live, they do not jump back.
    private int _client = 6, _server = 8;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter in · l ladder · o order · f faults · s save · Esc out · ? keys",
        "Enter entra · l escada · o ordem · f falhas · s salva · Esc · ? teclas");

    /// <inheritdoc/>
    public override long Count => _count;

    /// <inheritdoc/>
    public override long? Connection => At(Selected)?.Connection.Id;

    /// <inheritdoc/>
    public override string Order => (_order switch
    {
        ConnectionOrder.FaultyFirst => Context.Pick("faulty first", "com falha primeiro"),
        ConnectionOrder.Number => Context.Pick("by number", "por número"),
        ConnectionOrder.Duration => Context.Pick("by duration", "por duração"),
        ConnectionOrder.Exchanges => Context.Pick("by exchanges", "por trocas"),
        ConnectionOrder.Faulty => Context.Pick("by failures", "por falhas"),
        ConnectionOrder.Bytes => Context.Pick("by bytes", "por bytes"),
        ConnectionOrder.Retransmissions => Context.Pick("by retransmissions", "por retransmissões"),
        ConnectionOrder.Rtt => Context.Pick("by RTT", "por RTT"),
        _ => Context.Pick("by longest reply", "pela resposta mais longa"),
    }) + (_isTurned ? Context.Pick(", turned", ", invertida") : "");

    private BrowsingChoice Chosen => Context.Choice with { Server = choice.Server, Group = choice.Group };

    /// <inheritdoc/>
    public override void Refresh()
    {
        _rows = null;
        Fetch(Top, 1);
        base.Refresh();
        Select(Selected);
    }

    /// <inheritdoc/>
    public override Page? Enter() => At(Selected) is not { } row ? null
        : row.Exchanges == 0 ? new LadderPage(Context, row.Connection.Id) : ExchangesPage.Of(Context, row.Connection.Id);

    /// <inheritdoc/>
    public override Page? Exchanges() => new ExchangesPage(Context, choice, Context.Pick("exchanges", "trocas"));

    /// <inheritdoc/>
    public override void NextOrder(bool turn)
    {
        if (turn) _isTurned = !_isTurned;
        // The largest first is what is wanted of a number.
        else (_order, _isTurned) = (Orders[((int)_order + 1) % Orders.Length], _order is not ConnectionOrder.LongestServer
            and not ConnectionOrder.FaultyFirst);
        Refresh();
    }

    /// <inheritdoc/>
    protected override void Fetch(long from, int count)
    {
        if (_rows is { } rows && from >= rows.From && from + Math.Min(count, _count - from) <= rows.From + rows.Rows.Count) return;
        _rows = Context.Capture.ListConnections(Chosen, _order, _isTurned, Math.Max(0, from - AtOnce / 2), AtOnce);
        _count = _rows.Value.Count;
        int most = IsWide ? MostEndpointWide : MostEndpoint;
        foreach (BrowsedConnection row in _rows.Value.Rows)
        {
            _client = Math.Min(most, Math.Max(_client, row.Connection.Client.ToString().Length));
            _server = Math.Min(most, Math.Max(_server, row.Connection.Server.ToString().Length));
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Head()
    {
        Line line = Context.Line().Add("  ").Right("#", 6, TextStyle.Dim).Left(Context.Pick("client", "cliente"), _client, TextStyle.Dim)
            .Left(Context.Pick("server", "servidor"), _server, TextStyle.Dim).Left(Context.Pick("state", "estado"), 8, TextStyle.Dim)
            .Right("n", 6, TextStyle.Dim).Right(Context.Pick("fail", "falha"), 5, TextStyle.Dim);
        if (IsWide)
        {
            line.Right(Context.Pick("lasted", "durou"), 10, TextStyle.Dim).Right("bytes", 9, TextStyle.Dim)
                .Right(Context.Pick("again", "repetidos"), 9, TextStyle.Dim).Right("RTT", 8, TextStyle.Dim)
                .Right(Context.Pick("longest", "mais longa"), 10, TextStyle.Dim);
        }

        yield return line.ToString();
    }

    /// <inheritdoc/>
    protected override long? MarkKey(long place) => At(place)?.Connection.Id;

    /// <inheritdoc/>
    protected override void Row(long place, Line line)
    {
        if (At(place) is not { Connection: var connection } row) return;
        IReadOnlyList<Finding> findings = Context.Capture.FindingsOf(connection.Id);
        TextStyle style = findings is [var main, ..] ? FindingStyle.Of(main.Severity) : TextStyle.Error;
        bool isBad = row.Faulty > 0 || findings is [{ Severity: > Severity.Info }, ..];
        line.Add(isBad ? Context.Dot : " ", style)
            .Right(connection.Id.ToString(CultureInfo.InvariantCulture), 6)
            .Left(Context.Endpoint(connection.Client, _client), _client, TextStyle.Client)
            .Left(Context.Endpoint(connection.Server, _server), _server, TextStyle.Server)
            .Left(PartyWords.Of(connection.State, Context), 8).Right(Context.Count(row.Exchanges), 6)
            .Right(row.Faulty > 0 ? Context.Count(row.Faulty) : "", 5, TextStyle.Error);
        if (IsWide)
        {
            line.Right(Context.Duration(row.LastAt - connection.OpenedAt), 10).Right(Context.Size(row.Bytes), 9)
                .Right(row.Retransmissions > 0 ? Context.Count(row.Retransmissions) : "", 9)
                .Right(Context.Duration(connection.Rtt?.P50Ns), 8)
                .Right(row.LongestServerNs > 0 ? Context.Duration(row.LongestServerNs) : "", 10);
        }

        if (findings.Count > 0) line.Add(FindingNames.Of(findings[0].Id), style);
        if (line.Room > 24 && ProcessText.OfBoth(connection) is { } both) line.Add("  " + both, TextStyle.Dim);
    }

    private bool IsWide => Context.Width >= 132;

    private BrowsedConnection? At(long place) =>
        _rows is { } rows && place >= rows.From && place < rows.From + rows.Rows.Count ? rows.Rows[(int)(place - rows.From)] : null;
}
