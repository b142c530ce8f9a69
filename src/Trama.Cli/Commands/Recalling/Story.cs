using System.Globalization;
using System.Text;
using Trama.Cli.CommandLine;
using Trama.Cli.Commands.Querying;
using Trama.Cli.ThisProcess;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Rows.Sql;

namespace Trama.Cli.Commands.Recalling;

/// <summary>Tells findings in order, and how long after the first each began.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="period">The time that is told of.</param>
/// <param name="language">The language.</param>
internal sealed class Story(Stream output, PastPeriod period, Language language) : IAnswer
{
    /// <summary>How many it tells at most; the answer may have one more.</summary>
    public const int Most = 100;

    private readonly TextOptions _options = Terminal.Options(language);
    private readonly StyledText _text = new(Terminal.Options(language).Colour);
    private long? _first;
    private int _rows;

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ResultColumn> columns)
    {
        // What they are is known.
    }

    /// <inheritdoc/>
    public void Row(in ResultRow row)
    {
        if (++_rows > Most) return;
        long began = Number(row, 0), ended = Number(row, 1), count = Number(row, 6), clients = Number(row, 7);
        string when = _first is { } first ? $"+{DurationText.Of(began - first, language, _options.Ascii)}"
            : language.Pick("first", "primeiro");
        _first ??= began;
        _text.Add(PastTime.In(period, began)).Add("  ").Add(when.PadRight(10))
            .Add(Text(row, 2), Text(row, 4) == "error" ? TextStyle.Error : TextStyle.Warning)
            .Add($"  {Text(row, 5)}  {Party(Text(row, 3))}");
        if (count > 1) _text.Add("  " + language.Pick($"{count} times, {clients} clients, until {PastTime.In(period, ended)}",
            $"{count} vezes, {clients} clientes, até {PastTime.In(period, ended)}"));
        _text.EndLine();
        _text.Add("    " + Text(row, 8)).EndLine();
    }

    /// <inheritdoc/>
    public void End()
    {
        if (_first is null) Console.Error.WriteLine(language.Pick("trama: nothing went wrong in that time, as far as was stored",
            "trama: nada deu errado nesse tempo, até onde foi guardado"));
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
        if (_rows > Most) Console.Error.WriteLine(language.Pick("trama: there is more; name a shorter time",
            "trama: há mais; informe um tempo mais curto"));
    }

    private string Party(string party) => party switch
    {
        "client" => language.Pick("the client's", "do cliente"),
        "server" => language.Pick("the server's", "do servidor"),
        "network" => language.Pick("the network's", "da rede"),
        _ => party,
    };

    private static string Text(in ResultRow row, int column) => row.TryGet(column, out ReadOnlySpan<byte> text) ? AnswerText.Of(text) : "";

    private static long Number(in ResultRow row, int column) => row.TryGet(column, out ReadOnlySpan<byte> text)
        && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : 0;
}
