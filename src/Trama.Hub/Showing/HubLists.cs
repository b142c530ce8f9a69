using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Fleet.Holding;
using Trama.Fleet.Sending;
using Trama.Fleet.Sketches;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Hub.Showing;

/// <summary>What a hub's store has of the hours that are not tables yet, in lines: pairs, verdicts, services, sensors.</summary>
/// <param name="root">The store.</param>
/// <param name="output">Where lines go.</param>
/// <param name="language">Their language.</param>
internal sealed class HubLists(string root, TextWriter output, Language language)
{
    private const double NsPerMs = 1e6;

    /// <summary>The names of the lists.</summary>
    public static IReadOnlyList<string> Names { get; } = ["verdicts", "pairs", "services", "sensors", "gaps"];

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
            case "gaps": Gaps(); return;
            default: Verdicts(); break;
        }

        Gaps();
    }

    private void Verdicts() => HeldReading.Each(root, FleetKind.Verdicts, (_, row) => Line(Time(row.Number("at")), Ends(row),
        Text(row, "client") + " > " + Text(row, "server"),
        row.Text("failure").Length > 0 ? language.Pick($"not judged: {Text(row, "failure")} did not answer",
            $"não julgado: {Text(row, "failure")} não respondeu")
            : row.Text("id").Length == 0 ? language.Pick("nothing wrong on the way", "nada de errado no caminho")
            : $"{Text(row, "id")} ({Text(row, "party")}): {Text(row, "text")}"));

    private void Pairs() => HeldReading.Each(root, FleetKind.Pairs, (_, row) => Line(Time(row.Number("at")), Ends(row), Text(row, "by"),
        Text(row, "oneClient") + " > " + Text(row, "oneServer"), Text(row, "otherClient") + " > " + Text(row, "otherServer"), Text(row,
            "finding")));

    private void Services()
    {
        var services = new SortedDictionary<(string Server, string Client, string Operation), (long Count, long Failed,
            LatencySketch Took)>();
        HeldReading.Each(root, FleetKind.Sketches, (_, row) =>
        {
            var key = (Text(row, "server"), Text(row, "client"), Text(row, "operation"));
            (long count, long failed, LatencySketch took) = services.GetValueOrDefault(key, (0, 0, new LatencySketch()));
            took.TryAdd(row.Text("buckets"), row.Number("sumNs") ?? 0);
            services[key] = (count + (row.Number("count") ?? 0), failed + (row.Number("failed") ?? 0), took);
        });
        // Those that fail first, then those that take longest.
        foreach (((string server, string client, string operation), (long count, long failed, LatencySketch took)) in services
            .OrderByDescending(service => (double)service.Value.Failed / Math.Max(1, service.Value.Count))
            .ThenByDescending(service => service.Value.Took.Percentile(0.99) ?? 0))
            Line(client + " > " + server, operation, string.Create(CultureInfo.InvariantCulture, $"{count}"),
                language.Pick($"{failed} failed", $"{failed} falharam"), Ms(took.Percentile(0.5)), Ms(took.Percentile(0.99)));
    }

    private void Sensors()
    {
        var sensors = new SortedDictionary<string, (long Messages, long Rows, long LastAt)>(StringComparer.Ordinal);
        HeldReading.Messages(root, (held, message) =>
        {
            if (held.Sensor.Length == 0) return;
            (long messages, long rows, long last) = sensors.GetValueOrDefault(held.Sensor);
            sensors[held.Sensor] = (messages + 1, rows + message.Rows, Math.Max(last, held.ArrivedAt));
        });
        foreach ((string sensor, (long messages, long rows, long last)) in sensors) Line(sensor, Time(last),
            language.Pick($"{rows} rows", $"{rows} linhas"), language.Pick($"{messages} messages", $"{messages} mensagens"));
    }

    // Wherever rows are told of, what is missing of them is, too.
    private void Gaps() => HeldReading.Each(root, FleetKind.Gaps, (sensor, row) => output.WriteLine(language.Pick(
        $"gap: {sensor} lost {Missing(row)}: its spool was full", $"lacuna: {sensor} perdeu {Missing(row)}: sua fila estava cheia")));

    private static string Missing(ReadRow row) =>
        $"{row.Number("rows")} {Text(row, "kind")} ({Time(row.Number("from"))} .. {Time(row.Number("to"))})";

    private void Line(params ReadOnlySpan<string> parts) => output.WriteLine(string.Join("  ", parts).TrimEnd());

    private static string Ends(ReadRow row) => Text(row, "one") + "#" + row.Number("oneConnection") + " = "
        + Text(row, "other") + "#" + row.Number("otherConnection");

    private static string Text(ReadRow row, string column) => VisibleText.Checked(row.Text(column));

    private static string Time(long? nanoseconds) => nanoseconds is not { } known ? "-"
        : DateTimeOffset.UnixEpoch.AddTicks(known / TimeSpan.NanosecondsPerTick).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
            CultureInfo.InvariantCulture);

    private static string Ms(long? nanoseconds) => nanoseconds is not { } known ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{known / NsPerMs:0.0} ms");
}
