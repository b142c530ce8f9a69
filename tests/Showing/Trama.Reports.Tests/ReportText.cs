using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.Reports.Tests;

/// <summary>A page that was written as a file: its data, and its scripts.</summary>
internal sealed partial class ReportText
{
    private readonly JsonElement _capture;

    public ReportText(string whole)
    {
        Whole = whole;
        foreach (Match block in Blocks().Matches(whole))
        {
            JsonElement data = JsonDocument.Parse(block.Groups["json"].Value).RootElement;
            if (block.Groups["id"].Success) Drawn.Add(long.Parse(block.Groups["id"].ValueSpan, CultureInfo.InvariantCulture), data);
            else _capture = data;
        }
    }

    public string Whole { get; }

    /// <summary>The connections that are drawn, by their numbers.</summary>
    public Dictionary<long, JsonElement> Drawn { get; } = [];

    /// <summary>What it says is left out.</summary>
    public string[] Notes => _capture.TryGetProperty("note", out JsonElement note) ? [note.GetString()!] : [];

    /// <summary>What a browser would run.</summary>
    public IEnumerable<string> Scripts => Running().Matches(Whole).Select(script => script.Groups["text"].Value);

    /// <summary>The rows of a list.</summary>
    public IEnumerable<JsonElement> Rows(string list) =>
        _capture.GetProperty(list).EnumerateArray().SelectMany(window => window.GetProperty("rows").EnumerateArray());

    /// <summary>A message of an exchange of a connection that is drawn.</summary>
    public JsonElement Message(long connection, long exchange, int message) =>
        Drawn[connection].GetProperty("messages").GetProperty($"{exchange}").GetProperty("messages")[message];

    [GeneratedRegex("""<script type="application/json" (id="capture"|data-connection="(?<id>[0-9]+)")>(?<json>.*?)</script>""")]
    private static partial Regex Blocks();

    [GeneratedRegex("""<script>(?<text>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Running();
}
