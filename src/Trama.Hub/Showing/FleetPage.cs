using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trama.Fleet.Browsing;
using Trama.Fleet.Sending;
using Trama.Framing;
using Trama.Reports;
using static System.Net.WebUtility;

namespace Trama.Hub.Showing;

/// <summary>
/// A hub's store as one page: the graph, the table, and of each pair that talks what was found and which exchanges were sent. It is one
/// file without a script, asks nothing of a network, and what programs said stands in it as text alone.
/// </summary>
/// <param name="each">Reads the rows of a kind.</param>
/// <param name="output">Where it goes.</param>
/// <param name="language">Its language.</param>
internal sealed class FleetPage(Action<FleetKind, Action<string, ReadRow>> each, TextWriter output, Language language)
{
    private const int MostEdges = 500, MostOfPair = 20;

    private const string Style = """
        :root { color-scheme: light dark; --bg: #fff; --fg: #1f2328; --dim: #59636e; --line: #d8dee4; --bad: #c1121f; }
        @media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #d0d7de; --dim: #9199a3; --line: #2c333b; --bad: #ff7b72; } }
        body { background: var(--bg); color: var(--fg); font: 15px/1.45 system-ui, sans-serif; }
        body { max-width: 70rem; margin: 1rem auto; padding: 0 1rem; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); }
        td.n, th.n { text-align: right; } .dim { color: var(--dim); } .bad { color: var(--bad); }
        svg text { fill: var(--fg); font-size: 13px; }
        svg path { fill: none; stroke: var(--dim); opacity: .7; } svg path.bad { stroke: var(--bad); }
        a { color: inherit; } details { margin: .6rem 0; } summary { cursor: pointer; } li { margin: .15rem 0; }
        """;

    private readonly Dictionary<(string Client, string Server), FirstLines> _found = [], _exchanges = [];
    private readonly List<string> _gaps = [];

    /// <summary>Writes it.</summary>
    public void Write()
    {
        IReadOnlyList<Edge> edges = Edge.Of(take => each(FleetKind.Sketches, take));
        each(FleetKind.Verdicts, (_, row) =>
        {
            if (row.Text("id").Length > 0) Add(_found, row, $"{Of(row, "one")} = {Of(row, "other")}: {Of(row, "id")} "
                + $"({Of(row, "party")}): {Of(row, "text")}", "at");
        });
        each(FleetKind.Exchanges, (sensor, row) => Add(_exchanges, row,
            $"{VisibleText.Checked(sensor)}: {Of(row, "operation")} {Of(row, "status")} {LineText.Ms(row.Number("totalNs"))}"
            + (row.Number("failed") == 1 ? language.Pick(" failed", " falhou") : ""), "happenedAt"));
        each(FleetKind.Gaps, (sensor, row) => _gaps.Add(LineText.Gap(sensor, row, language)));
        string title = language.Pick("who talks to whom", "quem fala com quem");
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));
        string policy = $"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'";
        output.Write($"""
            <!DOCTYPE html>
            <html lang="{language.Pick("en", "pt-BR")}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>trama: {title}</title>
            <link rel="icon" href="data:,">
            <style>{Style}</style>
            </head>
            <body>
            <h1>{title}</h1>

            """);
        foreach (string gap in _gaps) output.Write($"<p class=\"bad\">{HtmlEncode(gap)}</p>\n");
        output.Write(new FleetGraph(language).Draw(edges, IsFound));
        WriteTable([.. edges.OrderBy(edge => !IsFound(edge)).Take(MostEdges)], edges.Count);
        foreach (var pair in edges.Select(edge => (edge.Client, edge.Server)).Distinct().Where(pair => _found.ContainsKey(pair)
            || _exchanges.ContainsKey(pair)).OrderBy(pair => !_found.ContainsKey(pair)).Take(MostEdges)) WritePair(pair);
        output.Write("</body>\n</html>\n");
    }

    private bool IsFound(Edge edge) => _found.ContainsKey((edge.Client, edge.Server));

    private void WriteTable(Edge[] edges, int all)
    {
        string[] heads = language == Language.Portuguese ? ["cliente", "servidor", "operação", "trocas", "falharam", "mediana", "99 %"]
            : ["client", "server", "operation", "exchanges", "failed", "median", "99 %"];
        IEnumerable<string> cells = heads.Select((head, i) => $"<th class=\"{(i > 2 ? "n" : "")}\">{head}</th>");
        output.Write($"<table>\n<tr>{string.Concat(cells)}</tr>\n");
        foreach (Edge edge in edges)
        {
            string bad = edge.IsRed ? " bad" : "";
            string client = Shown(edge.Client), server = Shown(edge.Server);
            if (IsFound(edge) || _exchanges.ContainsKey((edge.Client, edge.Server)))
                server = $"<a class=\"{(IsFound(edge) ? "bad" : "")}\" href=\"#{IdOf((edge.Client, edge.Server))}\">{server}</a>";
            output.Write(string.Create(CultureInfo.InvariantCulture,
                $"<tr><td>{client}</td><td>{server}</td><td>{Shown(edge.Operation)}</td><td class=\"n\">{edge.Count}</td>"
                + $"<td class=\"n{bad}\">{edge.Failed}</td><td class=\"n\">{LineText.Ms(edge.Took.Percentile(0.5))}</td>"
                + $"<td class=\"n\">{LineText.Ms(edge.Took.Percentile(0.99))}</td></tr>\n"));
        }

        output.Write("</table>\n");
        if (all > edges.Length) output.Write(language.Pick($"<p class=\"dim\">{edges.Length} of {all}, the worst of them</p>\n",
            $"<p class=\"dim\">{edges.Length} de {all}, as piores delas</p>\n"));
    }

    private void WritePair((string Client, string Server) pair)
    {
        output.Write($"<details id=\"{IdOf(pair)}\" open><summary>{Shown(pair.Client)} → {Shown(pair.Server)}</summary>\n");
        WriteList(_found.GetValueOrDefault(pair), "bad");
        WriteList(_exchanges.GetValueOrDefault(pair), "");
        output.Write("</details>\n");
    }

    private void WriteList(FirstLines? lines, string kind)
    {
        if (lines is null) return;
        output.Write($"<ul class=\"{kind}\">\n");
        foreach (string line in lines.First) output.Write($"<li>{HtmlEncode(line)}</li>\n");
        if (lines.More > 0) output.Write(language.Pick($"<li class=\"dim\">and {lines.More} more</li>\n",
            $"<li class=\"dim\">e mais {lines.More}</li>\n"));
        output.Write("</ul>\n");
    }

    private static void Add(Dictionary<(string, string), FirstLines> to, ReadRow row, string line, string at)
    {
        (string, string) pair = (Edge.AddressOf(row.Text("client")), row.Text("server"));
        if (!to.TryGetValue(pair, out FirstLines? lines)) to[pair] = lines = new FirstLines();
        if (lines.First.Count < MostOfPair) lines.First.Add($"{LineText.Time(row.Number(at))}  {line}");
        else lines.More++;
    }

    private static string IdOf((string Client, string Server) pair) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{pair.Client} {pair.Server}")), 0, 8);

    private static string Shown(string said) => HtmlEncode(VisibleText.Checked(said));

    private static string Of(ReadRow row, string column) => VisibleText.Checked(row.Text(column));

    /// <summary>The first lines of a pair, and how many more there are.</summary>
    private sealed class FirstLines
    {
        public List<string> First { get; } = [];

        public int More { get; set; }
    }
}
