using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Browsing;
using Trama.Reports.Findings;
using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>The whole capture: the answer first, what was found, and what the servers were asked.</summary>
internal sealed class HomePage(ViewContext context) : EntriesPage(context)
{
    private const int MostFindings = 50, MostSentences = 3, EndpointColumns = 21, NumberColumns = 5, TimeColumns = 8;

    // As wide as what stands in them, as far as there is room.
    private int _service, _operation;

    /// <inheritdoc/>
    public override string Name => Context.Options.Name;

    /// <inheritdoc/>
    public override string Keys => Context.Pick("Enter in · e exchanges · l ladder · / filter · f faults · ? keys",
        "Enter entra · e trocas · l escada · / filtro · f falhas · ? teclas");

    /// <inheritdoc/>
    protected override IEnumerable<Entry> Entries()
    {
        CaptureDiagnosis diagnosis = Context.Capture.Diagnosis;
        IReadOnlyList<ConnectionGroup> groups = ConnectionGroup.Of(diagnosis);
        List<Entry> entries = [.. Verdict(diagnosis)];
        entries.AddRange(groups.Take(MostFindings).Select(Group));
        if (groups.Count > MostFindings)
        {
            int more = groups.Count - MostFindings;
            entries.Add(Text(Context.Pick($"   {more} more kinds of finding", $"   mais {more} tipos de achado"), TextStyle.Dim));
        }

        entries.Add(Text(new string(Context.Text.Ascii ? '-' : '─', Context.Width - 1), TextStyle.Dim));
        entries.Add(Plot());
        IReadOnlyList<ServiceRow> services = Context.Capture.ListServices(Context.Choice);
        Measure(services);
        entries.Add(new Entry(Titles));
        entries.AddRange(services.Select(Service));
        return entries;
    }

    private IEnumerable<Entry> Verdict(CaptureDiagnosis diagnosis)
    {
        if (diagnosis.Verdict is not { Finding: var finding })
        {
            string counts = CountWords.Connections(Context.Capture.Totals.Connections, Context.Text.Language);
            yield return Text(" " + (Context.Capture.IsComplete
                ? Context.Pick($"Nothing went wrong here: {counts}.", $"Aqui nada deu errado: {counts}.")
                : Context.Pick($"Nothing found so far: {counts}.", $"Nada encontrado até agora: {counts}.")), TextStyle.Bold);
            yield break;
        }

        string whose = finding.Party switch
        {
            Party.Client => Context.Pick("The client's: ", "Do cliente: "),
            Party.Server => Context.Pick("The server's: ", "Do servidor: "),
            Party.Network => Context.Pick("The network's: ", "Da rede: "),
            _ => "",
        };
        string words = FindingWords.Text(finding, Context.Text.Language, Context.Text.Ascii);
        // It may begin with whose it is.
        if (whose.Length == 0 || words.StartsWith(whose[..^2], StringComparison.Ordinal)) whose = "";
        foreach (Entry line in Words(whose + words, TextStyle.Bold)
            .Take(MostSentences)) yield return line;
    }

    private Entry Group(ConnectionGroup group)
    {
        Finding main = group.Main;
        return new Entry(
            line =>
            {
                TextStyle style = FindingStyle.Of(main.Severity);
                line.Add(main.Severity > Severity.Info ? Context.Dot : " ", style).Add(" ")
                    .Left(PartyWords.Of(main.Party, Context), 8, FindingStyle.Of(main.Party))
                    .Left(FindingNames.Of(main.Id), 23, style)
                    .Left(Context.Endpoint(group.Example.Server, EndpointColumns), EndpointColumns)
                    .Add(group.Numbers.Count == 1 ? $"#{group.Numbers[0]}"
                        : CountWords.Connections(group.Numbers.Count, Context.Text.Language))
                    .AtEnd(" " + PartyWords.Of(main.Confidence, Context), TextStyle.Dim);
            },
            () => new FindingPage(Context, group),
            group.Example.Id,
            Identity: group.Likeness);
    }

    // What happened when, over the whole capture, as far as the line is wide.
    private Entry Plot()
    {
        int parts = Math.Clamp((Context.Width - 40) / 2, 8, 60);
        Timeline time = Context.Capture.Timeline(Context.Choice, parts);
        string exchanges = Sparkline.Of(time.Exchanges, Context.Text.Ascii);
        string slow = Sparkline.Of(time.ServerP99Ns, Context.Text.Ascii);
        return new Entry(line =>
        {
            line.Add(" ").Add(Context.Pick("exchanges ", "trocas "), TextStyle.Dim).Add(exchanges);
            if (time.ServerP99Ns.Max() is not { } most) return;
            line.Add(Context.Pick("  server p99 ", "  servidor p99 "), TextStyle.Dim).Add(slow, TextStyle.Server)
                .Add(Context.Text.Ascii ? "  <= " : "  ≤ ", TextStyle.Dim).Add(Context.Duration(most), TextStyle.Dim);
        });
    }

    private void Titles(Line line) => line.Add(" ").Left(Context.Pick("service", "serviço"), _service, TextStyle.Dim)
        .Left(Context.Pick("operation", "operação"), _operation, TextStyle.Dim).Right("n", NumberColumns, TextStyle.Dim)
        .Right(Context.Pick("fail", "falha"), NumberColumns, TextStyle.Dim).Right("p50", TimeColumns, TextStyle.Dim)
        .Right("p99", TimeColumns, TextStyle.Dim);

    private void Measure(IReadOnlyList<ServiceRow> services)
    {
        const int leastService = 7, leastOperation = 9, gaps = 8;
        int room = Math.Max(leastService + leastOperation, Context.Width - 2 * NumberColumns - 2 * TimeColumns - gaps);
        int mostService = Math.Min(EndpointColumns + room / 8, room - leastOperation);
        _service = Math.Clamp(Widest(services.Select(row => row.Server.ToString())), leastService, mostService);
        _operation = Math.Clamp(Widest(services.Select(Asked)), leastOperation, room - _service);
    }

    private static int Widest(IEnumerable<string> texts) => texts.Select(TextWidth.Of).DefaultIfEmpty().Max();

    private static string Asked(ServiceRow row) => row.Group.Length > 0 ? row.Group : row.Protocol ?? "";

    private Entry Service(ServiceRow row)
    {
        // A server that was never asked anything has connections alone.
        BrowsingChoice choice = new() { Server = row.Server, Group = row.Exchanges > 0 ? row.Group : null };
        string name = row.Server.ToString(), operation = Asked(row);
        return new Entry(
            line => line.Add(row.Faulty > 0 ? Context.Dot : " ", TextStyle.Error).Left(Context.Endpoint(row.Server, _service), _service)
                .Left(operation, _operation)
                .Right(Context.Count(row.Exchanges), NumberColumns)
                .Right(row.Faulty > 0 ? Context.Count(row.Faulty) : "", NumberColumns, TextStyle.Error)
                .Right(Context.Duration(row.ServerP50Ns), TimeColumns).Right(Context.Duration(row.ServerP99Ns), TimeColumns),
            () => new ConnectionsPage(Context, choice, operation.Length > 0 ? $"{name} {operation}" : name),
            Exchanges: () => new ExchangesPage(Context, choice, operation.Length > 0 ? $"{name} {operation}" : name),
            Identity: (row.Server, operation));
    }

    /// <inheritdoc/>
    public override Page? Exchanges() =>
        base.Exchanges() ?? new ExchangesPage(Context, BrowsingChoice.All, Context.Pick("exchanges", "trocas"));
}
