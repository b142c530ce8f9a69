using System.Globalization;
using System.Text;
using Trama.Packets.Transport;
using Trama.Reports.Forms;
using Trama.Reports.Text;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Summary;

/// <summary>
/// Draws <c>trace --summary</c>: a table of connections, one of the operations by their groups, and for each server endpoint the
/// percentiles of its latencies with a histogram. Holds the rows that will be drawn and a small record of each open connection, whatever
/// the capture holds.
/// </summary>
public sealed class SummaryReport(FormSettings settings) : IForm, IShardedSink
{
    private const int MaxServers = 1000;
    private const int LongestEndpoint = 23;
    private const int ServersDrawn = 20;

    private readonly TextOptions _options = settings.Text;
    private readonly SummarySort _sort = settings.Sort;
    private readonly Dictionary<long, OpenConnection> _open = [];
    private readonly Dictionary<Endpoint, ServerTotals> _servers = [];
    private readonly PriorityQueue<ConnectionRow, (long, long)> _rows = new();
    private readonly OperationGroups _operations = new();
    private long _connections;
    private long _exchanges;

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others.WithGroups();

    /// <inheritdoc/>
    public IShardPart OpenPart(int shard) => new FiguresPart();

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        Span<byte> protocol = stackalloc byte[ExchangeFigures.MaxProtocol];
        protocol = protocol[..ExchangeFigures.WriteProtocol(exchange, protocol)];
        Add(connection, ExchangeFigures.Of(exchange), protocol, exchange.Group.Span);
    }

    /// <inheritdoc/>
    public void ExchangeTold(Connection connection, ReadOnlySpan<byte> text)
    {
        ExchangeFigures figures = ExchangeFigures.Read(text, out ReadOnlySpan<byte> protocol, out ReadOnlySpan<byte> group);
        Add(connection, figures, protocol, group);
    }

    private void Add(Connection connection, in ExchangeFigures figures, ReadOnlySpan<byte> protocol, ReadOnlySpan<byte> group)
    {
        _exchanges++;
        _operations.Add(figures, protocol, group);
        if (!_open.TryGetValue(connection.Id, out OpenConnection? open)) _open[connection.Id] = open =
            new OpenConnection(Server(connection));
        ServerTotals? server = open.Server;
        if (server is not null) server.Exchanges++;
        server?.Course.Add(figures.AtNs, figures.ServerNs);
        if (server is not null && figures.Times is { } times)
        {
            server.TotalTimes.Add(times.TotalNs);
            server.AllTimes = server.AllTimes.Plus(times);
        }

        if (figures.ServerNs is not { } time) return;
        server?.ServerTimes.Add(time);
        server?.Bars.Add(time);
        open.ServerTimes.Add(time);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection)
    {
        _connections++;
        if (Server(connection) is { } server) server.Connections++;
        _open.Remove(connection.Id, out OpenConnection? open);
        var row = new ConnectionRow(connection, open?.ServerTimes.Percentile(0.5), open?.ServerTimes.Percentile(0.99));
        (long, long) rank = (row.Weight(_sort), -connection.Id);
        if (_rows.Count < settings.Top) _rows.Enqueue(row, rank);
        else if (settings.Top > 0) _rows.EnqueueDequeue(row, rank);
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        if (capture.Totals.TcpPackets > 0) settings.Output.Write(Encoding.UTF8.GetBytes(Draw()));
    }

    /// <summary>The text of the summary, each line ended by LF.</summary>
    public string Draw()
    {
        var text = new StyledText(_options.Colour);
        Connections(text);
        _operations.Draw(text, _options);
        foreach ((Endpoint endpoint, ServerTotals server) in _servers.OrderByDescending(pair => pair.Value.Exchanges).Take(ServersDrawn))
        {
            if (server.TotalTimes.Count == 0) continue;
            text.EndLine();
            Server(text, endpoint, server);
        }

        return text.ToString();
    }

    private ServerTotals? Server(Connection connection)
    {
        if (_servers.TryGetValue(connection.Server, out ServerTotals? server)) return server;
        if (_servers.Count == MaxServers) return null;
        return _servers[connection.Server] = new ServerTotals();
    }

    private void Connections(StyledText text)
    {
        Language language = _options.Language;
        var rows = new List<ConnectionRow>(_rows.UnorderedItems.Select(item => item.Element));
        rows.Sort((one, other) => (other.Weight(_sort), one.Connection.Id).CompareTo((one.Weight(_sort), other.Connection.Id)));
        // Where no process is known, as in most files, there is no column for them.
        bool hasProcesses = rows.Exists(row => ProcessText.OfBoth(row.Connection) is not null);
        (string, bool, int)[] processes = hasProcesses
            ? [(language.Pick("client process", "processo cliente"), false, 1),
                (language.Pick("server process", "processo servidor"), false, 1)] : [];
        var table = new TextTable([
            ("#", true, 0), (language.Pick("client", "cliente"), false, 0), (language.Pick("server", "servidor"), false, 0),
            (language.Pick("state", "estado"), false, 3), (language.Pick("duration", "duração"), true, 5),
            (language.Pick("exch.", "trocas"), true, 1), (language.Pick("to server", "ao servidor"), true, 6),
            (language.Pick("to client", "ao cliente"), true, 7), ("retr.", true, 4),
            ("rtt", true, 8), (language.Pick("server p50", "serv. p50"), true, 2), ("p99", true, 2), .. processes,
        ]);
        foreach (ConnectionRow row in rows) table.Add(hasProcesses ? [.. Cells(row), Process(row, Side.Client), Process(row, Side.Server)]
            : Cells(row));
        table.Draw(text, _options);

        long more = _connections - rows.Count;
        string count = CountWords.Connections(_connections, language) + ", " + CountWords.Exchanges(_exchanges, language);
        if (more > 0) count += language.Pick($" ({Number(more)} not shown)", $" ({Number(more)} não mostradas)");
        text.Add(count, TextStyle.Dim).EndLine();
        new TlsTable(_options).Draw(text, rows.Select(row => row.Connection));
    }

    private string[] Cells(ConnectionRow row)
    {
        Connection connection = row.Connection;
        return
        [
            Number(connection.Id), Short(connection.Client), Short(connection.Server), State(connection.State),
            Duration(row.DurationNs), Number(connection.ExchangeCount), SizeText.Of(connection.ToServer.StreamBytes, _options.Language),
            SizeText.Of(connection.ToClient.StreamBytes, _options.Language), row.Retransmissions == 0 ? "" : Number(row.Retransmissions),
            Duration(connection.Rtt?.P50Ns), Duration(row.ServerP50Ns), Duration(row.ServerP99Ns),
        ];
    }

    private void Server(StyledText text, Endpoint endpoint, ServerTotals server)
    {
        Language language = _options.Language;
        text.Add(endpoint.ToString(), TextStyle.ServerBold);
        string counts = "  " + CountWords.Connections(server.Connections, language) + ", "
            + CountWords.Exchanges(server.Exchanges, language);
        text.Add(TextWidth.Fit(counts, _options.Width - text.Column, "")).EndLine();
        var table = new TextTable(("", false, 0), ("p50", true, 1), ("p90", true, 3), ("p99", true, 0),
            (language.Pick("p99.9", "p99,9"), true, 2), (language.Pick("max", "máx"), true, 0));
        table.Add(Percentiles(language.Pick("  server time", "  tempo no servidor"), server.ServerTimes));
        table.Add(Percentiles("  total", server.TotalTimes));
        table.Draw(text, _options);
        Mean(text, server);
        server.Course.Draw(text, _options);
        server.Bars.Draw(text, _options);
    }

    // "mean  2.50 s = network 20.0 ms + server 2.48 s": percentiles of parts have no sum, means have.
    private void Mean(StyledText text, ServerTotals server)
    {
        IReadOnlyList<TimeColumn> columns = TimeColumn.Fitting(_options.Width, _options.Language);
        string[] parts = [.. columns.SkipLast(1).Where(column => Of(column) > 0)
            .Select(column => $"{column.Title} {Duration(Of(column))}")];
        text.Add($"  {_options.Language.Pick("mean", "média")}  {Duration(Of(columns[^1]))}");
        if (parts.Length > 0) text.Add(" = " + string.Join(" + ", parts));
        text.EndLine();

        long? Of(TimeColumn column) => column.Of(server.AllTimes) / server.TotalTimes.Count;
    }

    private string[] Percentiles(string title, Latencies latencies) =>
    [
        title, Duration(latencies.Percentile(0.5)), Duration(latencies.Percentile(0.9)), Duration(latencies.Percentile(0.99)),
        Duration(latencies.Percentile(0.999)), Duration(latencies.Count == 0 ? null : latencies.Longest),
    ];

    private static string Process(ConnectionRow row, Side side) => ProcessText.Of(row.Connection.Process(side)) ?? "";

    // An IPv6 address may be as wide as half the table.
    private string Short(Endpoint endpoint) => EndpointText.Short(endpoint, LongestEndpoint, _options.Ascii);

    private string Duration(long? nanoseconds) => nanoseconds is { } known ? DurationText.Of(known, _options) : "-";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string State(ConnectionState state) => state switch
    {
        ConnectionState.Open => _options.Language.Pick("open", "aberta"),
        ConnectionState.Closed => _options.Language.Pick("closed", "encerrada"),
        ConnectionState.Reset => _options.Language.Pick("reset", "interrompida"),
        ConnectionState.Refused => _options.Language.Pick("refused", "recusada"),
        ConnectionState.Unanswered => _options.Language.Pick("unanswered", "sem resposta"),
        _ => _options.Language.Pick("partial", "parcial"),
    };
}
