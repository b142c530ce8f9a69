using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Browsing;
using Trama.Fleet.Holding;
using Trama.Fleet.Joining;
using Trama.Fleet.Sending;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Hub.Showing;

/// <summary>What a hub's store has of late, in lines: pairs, verdicts, services, sensors.</summary>
/// <param name="root">The store.</param>
/// <param name="last">Of how long it is told.</param>
/// <param name="output">Where lines go.</param>
/// <param name="language">Their language.</param>
internal sealed class HubLists(string root, TimeSpan last, TextWriter output, Language language)
{
    private const double NsPerS = 1e9;

    // Clocks that are not set apart by a program that keeps them together differ by more than that.
    private const long ToldClockNs = 1_000_000_000;

    private readonly long _since = (DateTimeOffset.UtcNow - last - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
    private bool _isWhole = true;

    /// <summary>The names of the lists.</summary>
    public static IReadOnlyList<string> Names { get; } = ["verdicts", "pairs", "services", "sensors", "gaps", "page"];

    /// <summary>Writes one.</summary>
    public void Write(string name)
    {
        if (!Directory.Exists(root)) throw new UserError(language.Pick(
            $"{VisibleText.Of(root)} is no store of trama hub (--store FOLDER)",
            $"{VisibleText.Of(root)} não é um armazém do trama hub (--store PASTA)"));
        switch (name)
        {
            case "pairs": Pairs(); break;
            case "services": Services(); break;
            case "sensors": Sensors(); break;
            case "gaps": break;
            case "page": new FleetPage(Each, output, language).Write(); break;
            default: Verdicts(); break;
        }

        if (name != "page") Gaps();
        if (!_isWhole) Console.Error.WriteLine(language.Pick(
            "trama-hub: hours before this one are not shown, they need DuckDB: trama sql --setup brings it",
            "trama-hub: as horas antes desta não são mostradas, precisam do DuckDB: trama sql --setup o traz"));
    }

    private void Each(FleetKind kind, Action<string, ReadRow> row) => _isWhole &= HeldReading.Each(root, kind, row, _since);

    private void Verdicts() => Each(FleetKind.Verdicts, (_, row) => Line(LineText.Time(row.Number("at")), Ends(row),
        Text(row, "client") + " > " + Text(row, "server") + Clocks(row),
        row.Text("failure").Length > 0 ? language.Pick($"not judged: {Text(row, "failure")} did not answer",
            $"não julgado: {Text(row, "failure")} não respondeu")
            : row.Text("id").Length == 0 ? language.Pick("nothing wrong on the way", "nada de errado no caminho")
            : $"{Text(row, "id")} ({Text(row, "party")}): {Text(row, "text")}"));

    // One that was told of while it was open stands where its end is told of.
    private void Pairs()
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        Each(FleetKind.Pairs, (_, row) =>
        {
            if (row.Number("early") != 1) ended.Add(Pair.NameOf(Pair.IdOf(row)));
        });
        Each(FleetKind.Pairs, (_, row) =>
        {
            bool isEarly = row.Number("early") == 1;
            if (isEarly && ended.Contains(Pair.NameOf(Pair.IdOf(row)))) return;
            Line(LineText.Time(row.Number("at")), Ends(row), Text(row, "by"), Text(row, "oneClient") + " > " + Text(row, "oneServer"),
                Text(row, "otherClient") + " > " + Text(row, "otherServer"), isEarly ? language.Pick("open", "aberta")
                : Text(row, "finding"));
        });
    }

    private void Services()
    {
        foreach (Edge edge in Edge.Of(take => Each(FleetKind.Sketches, take))) Line(
            VisibleText.Checked(edge.Client) + " > " + VisibleText.Checked(edge.Server), VisibleText.Checked(edge.Operation),
            string.Create(CultureInfo.InvariantCulture, $"{edge.Count}"), language.Pick($"{edge.Failed} failed", $"{edge.Failed} falharam"),
            LineText.Ms(edge.Took.Percentile(0.5)), LineText.Ms(edge.Took.Percentile(0.99)));
    }

    private void Sensors()
    {
        var sensors = new SortedDictionary<string, (long Rows, long LastAt)>(StringComparer.Ordinal);
        _isWhole &= HeldReading.Count(root, (sensor, rows, last) =>
        {
            if (sensor.Length == 0) return;
            (long before, long lastBefore) = sensors.GetValueOrDefault(sensor);
            sensors[sensor] = (before + rows, Math.Max(lastBefore, last));
        }, _since);
        foreach ((string sensor, (long rows, long last)) in sensors) Line(sensor, LineText.Time(last),
            language.Pick($"{rows} rows", $"{rows} linhas"));
    }

    // Wherever rows are told of, what is missing of them is, too.
    private void Gaps() => Each(FleetKind.Gaps, (sensor, row) => output.WriteLine(LineText.Gap(sensor, row, language)));

    private void Line(params ReadOnlySpan<string> parts) => output.WriteLine(string.Join("  ", parts).TrimEnd());

    private static string Ends(ReadRow row) => Text(row, "one") + "#" + row.Number("oneConnection") + " = "
        + Text(row, "other") + "#" + row.Number("otherConnection");

    // Keys need no clocks; who compares times by hand has to know.
    private string Clocks(ReadRow row) => row.Number("clockNs") is not { } clock || Math.Abs((double)clock) < ToldClockNs ? ""
        : string.Create(CultureInfo.InvariantCulture, $"  [{Text(row, clock > 0 ? "other" : "one")}: {Math.Abs(clock / NsPerS):0.0} s ")
            + language.Pick("ahead]", "adiantado]");

    private static string Text(ReadRow row, string column) => VisibleText.Checked(row.Text(column));
}
