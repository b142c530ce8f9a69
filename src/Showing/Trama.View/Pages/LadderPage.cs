using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>The ladder of a connection, drawn as every text ladder is.</summary>
internal sealed class LadderPage(ViewContext context, long connection) : CapturePage(context), IDisposable
{
    // A wait that nobody notices is not shown.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromMilliseconds(150);

    private const int MostReadAgain = 5000;

    private readonly CancellationTokenSource _stop = new();
    private Task<ConnectionDetail?>? _reading;
    private ConnectionDetail? _detail;
    private LadderRow[] _rows = [];
    // Of each row, its place among those of both sides.
    private int[] _places = [];
    private TextLadder? _coloured, _plain;
    private string[] _head = [];
    private int _width;
    private long _lastPacket;
    private Side? _side;

    /// <summary>The packet at which it opens; null for its beginning.</summary>
    public long? Packet { get; init; }

    /// <summary>The exchange at which it opens; null for its beginning.</summary>
    public long? Exchange { get; init; }

    /// <summary>The connection, once it is read.</summary>
    public ConnectionDetail? Detail => _detail;

    /// <inheritdoc/>
    public override string Name => Context.Pick($"#{connection} ladder", $"#{connection} escada");

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter message · n finding · c side · g packet · s save · Esc out · ? keys",
        "Enter mensagem · n achado · c lado · g pacote · s salva · Esc · ? teclas");

    /// <inheritdoc/>
    public override long Count => _rows.Length;

    /// <inheritdoc/>
    public override bool IsWaiting => _reading is { IsCompleted: false };

    /// <inheritdoc/>
    public override long? Connection => connection;

    /// <inheritdoc/>
    public override string? Order => _side is { } side ? new LadderWords(Context.Text.Language).Name(side) : null;

    /// <inheritdoc/>
    public override void Refresh()
    {
        if (_reading is null || HasMore)
        {
            _lastPacket = Context.Capture.Connection(connection)?.LastPacket ?? 0;
            CancellationToken stop = _stop.Token;
            _reading = Task.Run(() => Context.Capture.Read(connection, stop));
            // How it ended is asked below.
            _ = Task.WaitAny([_reading], Unnoticed);
        }

        if (_reading is { IsCompletedSuccessfully: true, Result: { } read } && !ReferenceEquals(_detail, read))
        {
            bool isFirst = _detail is null;
            _detail = read;
            Arrange();
            Draw(read);
            if (isFirst) Open();
        }

        base.Refresh();
    }

    /// <inheritdoc/>
    public override Page? Enter()
    {
        if (_detail is null || Selected >= _rows.Length) return null;
        LadderRow row = _rows[Selected];
        Exchange? exchange = row.Exchange ?? (row.Segment is { } segment ? Carried(_detail, segment.Packet) : null);
        return exchange is null ? null : new MessagePage(Context, _detail, exchange, row.From);
    }

    /// <inheritdoc/>
    public override Page? Exchanges() => ExchangesPage.Of(Context, connection);

    /// <inheritdoc/>
    public override void NextSide()
    {
        _side = _side switch { null => Side.Client, Side.Client => Side.Server, _ => null };
        Remake(Arrange);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Selects the row of a packet, or the first after it.</summary>
    public void ToPacket(long packet) =>
        Select(Array.FindIndex(_rows, row => row.Segment is { } segment && segment.Packet >= packet));

    /// <inheritdoc/>
    protected override IEnumerable<string> Head()
    {
        if (_detail is null && IsWaiting)
            return [Line(Context.Pick(" reading the connection again…", " relendo a conexão…"))];
        if (_detail is not { } detail) return [Line(Context.Pick(" its packets are not there any more", " seus pacotes não existem mais"))];
        if (_width != Context.Width) Draw(detail);
        IEnumerable<string> found = detail.Findings.Take(1)
            .Select(finding => Line(" " + FindingWords.Note(finding, Context.Text.Language, Context.Text.Ascii), TextStyle.Warning));
        return [.. found, .. _head.Select(line => " " + line)];
    }

    /// <inheritdoc/>
    protected override object? Identity(long place) => MarkKey(place);

    /// <inheritdoc/>
    protected override long? MarkKey(long place) => place < _places.Length ? _places[place] : null;

    /// <inheritdoc/>
    protected override bool IsNoted(long place) => base.IsNoted(place) || _rows[place].Findings.Count > 0;

    /// <inheritdoc/>
    protected override void Row(long place, Line line)
    {
        if ((line.IsPlain ? _plain : _coloured) is { } ladder) line.Drawn(ladder.RowLine(_rows[place]));
    }

    private string Line(string text, TextStyle style = TextStyle.Dim) => Context.Line().Add(text, style).ToString();

    private void Arrange()
    {
        IReadOnlyList<LadderRow> all = _detail?.Ladder.Rows ?? [];
        _places = [.. Enumerable.Range(0, all.Count).Where(place => _side is null || all[place].From == _side
            || all[place].Kind is LadderRowKind.Pause or LadderRowKind.Omitted or LadderRowKind.End)];
        _rows = [.. _places.Select(place => all[place])];
    }

    // The connection has gone on since; to read a long one again and again is left for the end.
    private bool HasMore => _reading is { IsCompleted: true }
        && (Context.Capture.IsComplete || _rows.Length < MostReadAgain)
        && (Context.Capture.Connection(connection)?.LastPacket ?? 0) > _lastPacket;

    private void Open()
    {
        if (Packet is { } packet) ToPacket(packet);
        else if (Exchange is { } index) Select(Array.FindIndex(_rows, row => row.Exchange?.Index == index));
    }

    // The first column is that of the selection.
    private void Draw(ConnectionDetail detail)
    {
        _width = Context.Width;
        TextOptions options = Context.Text with { Width = _width - 1 };
        _coloured = new TextLadder(detail.Ladder, options);
        _plain = new TextLadder(detail.Ladder, options with { Colour = false });
        _head = _coloured.HeadLines();
    }

    private static Exchange? Carried(ConnectionDetail detail, long packet) =>
        detail.Connection.Exchanges.FirstOrDefault(exchange => exchange.Messages.Any(message => message.Packets.Contains(packet)));
}
