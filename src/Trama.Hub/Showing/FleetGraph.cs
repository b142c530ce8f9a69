using System.Globalization;
using System.Text;
using Trama.Fleet.Browsing;
using Trama.Reports;
using static System.Net.WebUtility;

namespace Trama.Hub.Showing;

/// <summary>Who talks to whom, drawn: clients at the left, services at the right, lines as thick as there is talk, red ones last and so
/// on top.</summary>
/// <param name="language">The language of its words.</param>
internal sealed class FleetGraph(Language language)
{
    private const int MostNames = 40, RowHeight = 26, Width = 960, Left = 300, Right = 660, Top = 24;

    /// <summary>Draws it as SVG.</summary>
    /// <param name="edges">The edges; those that come first have their place when there are too many.</param>
    /// <param name="isBad">Whether something was found between two.</param>
    public string Draw(IReadOnlyList<Edge> edges, Func<Edge, bool> isBad)
    {
        string[] clients = [.. edges.Select(edge => edge.Client).Distinct().Take(MostNames)],
            servers = [.. edges.Select(edge => edge.Server).Distinct().Take(MostNames)];
        int height = Top + (RowHeight * Math.Max(clients.Length, servers.Length));
        string label = language.Pick("who talks to whom", "quem fala com quem");
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{label}\">"));
        var lines = edges.GroupBy(edge => (edge.Client, edge.Server)).Select(pair => (pair.Key.Client, pair.Key.Server,
            Count: pair.Sum(edge => edge.Count), Failed: pair.Sum(edge => edge.Failed), IsBad: pair.Any(isBad)))
            .Where(line => clients.Contains(line.Client) && servers.Contains(line.Server)).ToArray();
        foreach (var line in lines.OrderBy(IsRed))
        {
            (int from, int to, int middle) = (At(clients, line.Client), At(servers, line.Server), (Left + Right) / 2);
            string failed = language.Pick($"{line.Failed} failed", $"{line.Failed} falharam");
            svg.Append(CultureInfo.InvariantCulture,
                $"<path class=\"{(IsRed(line) ? "bad" : "")}\" stroke-width=\"{1 + Math.Log10(1 + line.Count):0.0}\" ")
                .Append(CultureInfo.InvariantCulture, $"d=\"M{Left + 6} {from} C{middle} {from} {middle} {to} {Right - 6} {to}\">")
                .Append(CultureInfo.InvariantCulture,
                    $"<title>{HtmlEncode(line.Client)} → {HtmlEncode(line.Server)}: {line.Count}, {failed}</title></path>");
        }

        foreach (string client in clients) svg.Append(Name(client, Left, At(clients, client), "end"));
        foreach (string server in servers) svg.Append(Name(server, Right, At(servers, server), "start"));
        return svg.Append("</svg>").ToString();

        bool IsRed((string Client, string Server, long Count, long Failed, bool IsBad) line) =>
            line.IsBad || line.Failed >= Edge.RedShare * line.Count && line.Failed > 0;
    }

    private static int At(string[] names, string name) => Top + (RowHeight * Array.IndexOf(names, name));

    private static string Name(string name, int x, int y, string anchor) => string.Create(CultureInfo.InvariantCulture,
        $"<text x=\"{x}\" y=\"{y + 4}\" text-anchor=\"{anchor}\">{HtmlEncode(name)}</text>");
}
