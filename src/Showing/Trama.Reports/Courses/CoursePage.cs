using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.Reports.Courses;

/// <summary>A course over time as a page, or as a picture, that needs nothing but itself and follows the reader's light or dark
/// colours.</summary>
/// <param name="title">Whose course it is.</param>
/// <param name="moments">The moments, in order; at least one.</param>
/// <param name="language">The language.</param>
public sealed class CoursePage(string title, IReadOnlyList<CourseMoment> moments, Language language)
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#d0d7de;--dim:#6e7781;--c:#0969a2;--s:#9a5b00;--bad:#cf222e;--bg:#fff;--fg:#24292f}
        @media(prefers-color-scheme:dark){:root{--line:#30363d;--dim:#8b949e;--c:#58a6ff;--s:#e3b341;--bad:#ff7b72;--bg:#0d1117;
        --fg:#d0d7de}}
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;background:var(--bg);color:var(--fg)}
        h1{font-size:1.4rem}h2{font-size:1rem;margin:1.2rem 0 .3rem}.wide{overflow-x:auto}
        pre{font:13px/1.2 ui-monospace,monospace;overflow-x:auto}.name{font:14px system-ui,sans-serif;fill:var(--fg)}
        .back{fill:var(--bg)}.plot{font:11px ui-monospace,monospace;fill:var(--dim);max-width:100%;height:auto;display:block}
        .plot path{fill:none;stroke-width:1.6}.plot .grid{stroke:var(--line);stroke-width:.7}.plot .c{stroke:var(--c)}
        .plot .s{stroke:var(--s)}.plot .tail{stroke-dasharray:2 3}.plot .bad{fill:var(--bad)}

        """;

    private string TimesTitle => language.Pick("Latency over time: p50, and p99 dotted; red: failures",
        "Latência ao longo do tempo: p50, e p99 pontilhado; em vermelho: falhas");

    private string RatesTitle => language.Pick("Answers a second", "Respostas por segundo");

    /// <summary>The picture: how long answers took, or where nothing was answered, how many there were.</summary>
    public string Picture()
    {
        const int width = 920, height = 296;
        string name = $"{VisibleText.Of(title)}: {TimesTitle}";
        var svg = new MarkupText();
        svg.Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n");
        svg.AddMarkup("<style>").AddMarkup(Style).AddMarkup("</style>\n");
        svg.AddMarkup("<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
        svg.Add($"<text x=\"16\" y=\"24\" class=\"name\">{name}</text>\n");
        svg.AddMarkup("<g transform=\"translate(0 36)\">").Add($"{Times() ?? Rates()}").AddMarkup("</g></svg>\n");
        return svg.ToString();
    }

    /// <summary>The page: a text, and both plots.</summary>
    /// <param name="text">What came of it, in lines.</param>
    public string Page(string text)
    {
        string name = VisibleText.Of(title);
        var page = new MarkupText();
        page.Add($"<!DOCTYPE html>\n<html lang=\"{language.Pick("en", "pt-BR")}\"><head><meta charset=\"utf-8\"/>");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width\"/><title>{name}</title>\n<style>\n");
        page.AddMarkup(Style).AddMarkup("</style></head><body>\n");
        page.Add($"<h1>{name}</h1>\n<pre>{text}</pre>\n");
        if (Times() is { } times) page.Add($"<h2>{TimesTitle}</h2>\n<div class=\"wide\">{times}</div>\n");
        page.Add($"<h2>{RatesTitle}</h2>\n<div class=\"wide\">{Rates()}</div>\n</body></html>\n");
        return page.ToString();
    }

    private MarkupText? Times() => CoursePlot.Times(moments, TimesTitle, language);

    private MarkupText Rates() => CoursePlot.Rates(moments, RatesTitle, language);
}
