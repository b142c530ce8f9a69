using System.Globalization;
using Trama.Reports.Browsing;
using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>The exchanges of a choice, those that come last at the end.</summary>
/// <param name="context">What all pages share.</param>
/// <param name="choice">Which.</param>
/// <param name="name">What they are called in the path.</param>
internal sealed class ExchangesPage(ViewContext context, BrowsingChoice choice, string name) : CapturePage(context)
{
    private const int TimeColumns = 9, Between = 6;

    private static readonly ExchangeOrder[] Orders = Enum.GetValues<ExchangeOrder>();

    private ExchangeOrder _order;
    private bool _isTurned;
    private Window<ExchangeRow> _rows = new([], 0, 0);
    private bool _isFresh;

    /// <summary>Those of one connection.</summary>
    public static ExchangesPage Of(ViewContext context, long connection) =>
        new(context, new BrowsingChoice { Connection = connection }, $"#{connection}");

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter ladder · / filter · t text · f faults · o order · s save · ? keys",
        "Enter escada · / filtro · t texto · f falhas · o ordem · ? teclas");

    /// <inheritdoc/>
    public override long Count => _rows.Count;

    /// <inheritdoc/>
    public override long? Connection => At(Selected)?.Facts.Connection;

    /// <inheritdoc/>
    public override string Order => (_order switch
    {
        ExchangeOrder.Completed => Context.Pick("as they ended", "como terminaram"),
        ExchangeOrder.FirstAt => Context.Pick("as they began", "como começaram"),
        ExchangeOrder.Total => Context.Pick("by total time", "pelo tempo total"),
        ExchangeOrder.Server => Context.Pick("by the server's time", "pelo tempo do servidor"),
        ExchangeOrder.Network => Context.Pick("by the network's time", "pelo tempo da rede"),
        ExchangeOrder.RequestBytes => Context.Pick("by request", "pelo pedido"),
        _ => Context.Pick("by reply", "pela resposta"),
    }) + (_isTurned ? Context.Pick(", turned", ", invertida") : "");

    private BrowsingChoice Chosen =>
        Context.Choice with { Server = choice.Server, Group = choice.Group, Connection = choice.Connection };

    /// <inheritdoc/>
    public override void Refresh()
    {
        _isFresh = false;
        Fetch(Top, Math.Max(1, _rows.Rows.Count));
        base.Refresh();
        Select(Selected);
    }

    /// <inheritdoc/>
    public override Page? Enter()
    {
        Fetch(Selected, 1);
        return At(Selected) is { Facts: var facts } ? new LadderPage(Context, facts.Connection) { Exchange = facts.Index } : null;
    }

    /// <inheritdoc/>
    public override void NextOrder(bool turn)
    {
        if (turn) _isTurned = !_isTurned;
        // The largest first is what is wanted of a number.
        else (_order, _isTurned) = (Orders[((int)_order + 1) % Orders.Length],
            _order is >= ExchangeOrder.FirstAt and < ExchangeOrder.ReplyBytes);
        Refresh();
    }

    /// <inheritdoc/>
    protected override void Fetch(long from, int count)
    {
        bool isThere = from >= _rows.From && from + Math.Min(count, _rows.Count - from) <= _rows.From + _rows.Rows.Count;
        if (_isFresh && isThere) return;
        _rows = Context.Capture.ListExchanges(Chosen, _order, _isTurned, from, count);
        _isFresh = true;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Head()
    {
        Line line = Context.Line().Add("  ").Right(Context.Pick("at, s", "em, s"), 10, TextStyle.Dim);
        if (HasConnection) line.Left("#", Between, TextStyle.Dim);
        line.Left(Context.Pick("operation", "operação"), Operation, TextStyle.Dim).Left("status", 8, TextStyle.Dim)
            .Right(Context.Pick("server", "servidor"), TimeColumns, TextStyle.Dim).Right("total", TimeColumns, TextStyle.Dim);
        if (IsWide)
        {
            line.Right(Context.Pick("network", "rede"), TimeColumns, TextStyle.Dim)
                .Right(Context.Pick("request", "pedido"), TimeColumns, TextStyle.Dim)
                .Right(Context.Pick("reply", "resposta"), TimeColumns, TextStyle.Dim);
        }

        yield return line.ToString();
    }

    /// <inheritdoc/>
    protected override long? MarkKey(long place) => At(place)?.Number;

    /// <inheritdoc/>
    protected override void Row(long place, Line line)
    {
        if (At(place) is not { Facts: var facts } row) return;
        TextStyle style = facts.IsFaulty ? TextStyle.Error : TextStyle.Plain;
        line.Add(facts.IsFaulty ? Context.Dot : " ", style).Right(Context.Since(facts.FirstAt), 10, TextStyle.Dim);
        if (HasConnection) line.Left(facts.Connection.ToString(CultureInfo.InvariantCulture), Between, TextStyle.Dim);
        line.Left(row.Operation, Operation, TextStyle.Client).Left(Status(row), 8, style)
            .Right(Context.Duration(facts.ServerNs), TimeColumns).Right(Context.Duration(facts.TotalNs), TimeColumns);
        if (!IsWide) return;
        line.Right(Context.Duration(facts.NetworkNs), TimeColumns).Right(Context.Size(facts.RequestBytes), TimeColumns)
            .Right(facts.HasReply ? Context.Size(facts.ReplyBytes) : Context.None, TimeColumns);
        line.Add(row.Reply, TextStyle.Server);
    }

    private bool HasConnection => choice.Connection is null;

    private bool IsWide => Context.Width >= 120;

    private int Operation => IsWide ? Math.Min(70, Context.Width - 90) : Context.Width - 44 - (HasConnection ? Between + 1 : 0);

    private string Status(ExchangeRow row) => row.Status.Length > 0 ? row.Status
        : row.Facts.IsUnanswered ? Context.Pick("no reply", "sem resposta") : "";

    private ExchangeRow? At(long place) =>
        place >= _rows.From && place < _rows.From + _rows.Rows.Count ? _rows.Rows[(int)(place - _rows.From)] : null;
}
