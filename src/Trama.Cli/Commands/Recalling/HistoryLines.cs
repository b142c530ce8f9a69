using System.Globalization;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Recalling;

/// <summary>Exchanges of the past as a table for people. It has a most of rows.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="period">The time that is told of.</param>
/// <param name="most">How many rows it shows.</param>
/// <param name="language">The language.</param>
internal sealed class HistoryLines(Stream output, PastPeriod period, long most, Language language) : IAnswer
{
    /// <summary>What the table is made of, column by column.</summary>
    public const string Columns = """
        coalesce(e.requestFirstAt, e.replyFirstAt, e.happenedAt) AS began, coalesce(c.processClientCommand || ' ' || c.processClientPid,
        c.processClientCommand, e.client) AS who, e.server AS whom, e.operation, e.status, e.requestBytes, e.replyBytes, e.serverNs,
        e.networkNs, e.totalNs, e.failed
        """;

    /// <summary>The same of a hub's store, where who saw it stands before the client.</summary>
    public const string ColumnsOfHub = """
        coalesce(e.requestFirstAt, e.replyFirstAt, e.happenedAt) AS began, e.sensor || ': ' || e.client AS who, e.server AS whom,
        e.operation, e.status, e.requestBytes, e.replyBytes, e.serverNs, e.networkNs, e.totalNs, e.failed
        """;

    private readonly TextOptions _options = Terminal.Options(language);
    private TextTable _table = new();
    private long _rows;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns) => _table = new TextTable(
        (language.Pick("time", "hora"), false, 0), (language.Pick("client", "cliente"), false, 2),
        (language.Pick("server", "servidor"), false, 0), (language.Pick("what", "o quê"), false, 0), ("status", false, 0),
        (language.Pick("reply", "resposta"), true, 3), (language.Pick("server took", "servidor levou"), true, 1),
        (language.Pick("network", "rede"), true, 1), (language.Pick("total", "total"), true, 0));

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        if (++_rows > most) return;
        string status = Text(row, 4);
        _table.Add([PastTime.In(period, Number(row, 0) ?? 0), Text(row, 1), Text(row, 2), What(row),
            status.Length > 0 ? status : Number(row, 6) is null ? language.Pick("no reply", "sem resposta") : "",
            Size(Number(row, 6)), Duration(row, 7), Duration(row, 8), Duration(row, 9)]);
    }

    /// <inheritdoc/>
    public void End()
    {
        var text = new StyledText(_options.Colour);
        _table.Draw(text, Console.IsOutputRedirected ? _options with { Width = int.MaxValue } : _options);
        if (_rows > 0) output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        if (_rows == 0) Console.Error.WriteLine(language.Pick("trama: no exchange in that time", "trama: nenhuma troca nesse tempo"));
        if (_rows > most) Console.Error.WriteLine(language.Pick($"trama: there are more; --limit shows more than {most}",
            $"trama: há mais; --limit mostra mais que {most}"));
    }

    private string What(in ResultRow row) => Text(row, 3) is { Length: > 0 } operation ? operation : Size(Number(row, 5));

    internal static string Text(in ResultRow row, int column) => row.TryGet(column, out ReadOnlySpan<byte> text) ? AnswerText.Of(text) : "";

    internal static long? Number(in ResultRow row, int column) => row.TryGet(column, out ReadOnlySpan<byte> text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    private string Size(long? bytes) => bytes is { } known ? SizeText.Of(known, language) : "";

    private string Duration(in ResultRow row, int column) =>
        Number(row, column) is { } known ? DurationText.Of(known, language, _options.Ascii) : "";
}
