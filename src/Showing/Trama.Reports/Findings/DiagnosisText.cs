using System.Text;
using Trama.Diagnosis;
using Trama.Reports.Findings.Words;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Findings;

/// <summary>
/// A diagnosis for people: the verdict first, then each group of like connections with its main finding, the proof, an excerpt of
/// the ladder and what to do, the other findings after it; the healthy rest in one line.
/// </summary>
public sealed class DiagnosisText
{
    private const int MostGroups = 20;
    private const int MostNumbers = 12;
    private const int WidestText = 100;
    private const string Indent = "  ";

    private readonly CaptureDiagnosis _diagnosis;
    private readonly TextOptions _options;
    private readonly Language _language;
    private readonly int _width;
    private readonly ClockText _clock;
    private readonly StyledText _text;
    private Func<ConnectionDiagnosis, string>? _excerpt;

    private DiagnosisText(CaptureDiagnosis diagnosis, TextOptions options, TimeZoneInfo zone)
    {
        (_diagnosis, _options, _language, _clock) = (diagnosis, options, options.Language, new ClockText(zone));
        _width = Math.Clamp(options.Width, 60, WidestText);
        _text = new StyledText(options.Colour);
    }

    private string Dot => _options.Ascii ? ", " : " · ";

    /// <summary>The text, each line ended by LF.</summary>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="options">How text is written.</param>
    /// <param name="zone">The time zone of the reader.</param>
    /// <param name="excerpt">Draws the excerpt of a connection; the ladder of its segments when absent.</param>
    public static string Draw(CaptureDiagnosis diagnosis, TextOptions options, TimeZoneInfo zone,
        Func<ConnectionDiagnosis, string>? excerpt = null)
    {
        var report = new DiagnosisText(diagnosis, options, zone) { _excerpt = excerpt };
        report.Build();
        return report._text.ToString();
    }

    /// <summary>One connection's main finding in one line, for a capture that still runs.</summary>
    public static string Line(Connection connection, Finding main, TextOptions options, TimeZoneInfo zone)
    {
        var line = new StyledText(options.Colour);
        line.Add(Encoding.ASCII.GetString(new ClockText(zone).Of(connection.LastAt)), TextStyle.Dim);
        line.Add($" {connection.Id} {connection.Client} > {connection.Server} "
            + (ProcessText.OfBoth(connection) is { } both ? $"({both}) " : "")).Add(FindingNames.Of(main.Id), Style(main.Severity));
        return line.Add(": " + FindingWords.Text(main, options.Language, options.Ascii)).EndLine().ToString();
    }

    private static TextStyle Style(Severity severity) => severity switch
    {
        Severity.Error => TextStyle.Error,
        Severity.Warning => TextStyle.Warning,
        _ => TextStyle.Dim,
    };

    private void Build()
    {
        IReadOnlyList<ConnectionGroup> groups = ConnectionGroup.Of(_diagnosis);
        if (_diagnosis.Verdict is { } verdict) Verdict(verdict);
        foreach (ConnectionGroup group in groups.Where(group => group.Main.Severity > Severity.Info).Take(MostGroups)) Fault(group);
        long untold = groups.Count(group => group.Main.Severity > Severity.Info) - MostGroups;
        if (untold > 0) Line(_language.Pick($"{untold} more groups of connections have faults; --json has them all.",
            $"Mais {untold} grupos de conexões têm falhas; --json traz todos."));
        if (_diagnosis.OmittedConnections is > 0 and long omitted)
            Line(_language.Pick($"{CountWords.Connections(omitted, _language)} with findings not kept.",
                $"{CountWords.Connections(omitted, _language)} com achados não guardadas."));
        Rest([.. groups.Where(group => group.Main.Severity == Severity.Info)]);
    }

    private void Verdict(Verdict verdict)
    {
        Paragraph.Add(_text, VerdictWords.Whose(verdict.Finding.Party, _language), "", _width, TextStyle.Bold);
        Paragraph.Add(_text, VerdictWords.Text(_diagnosis, verdict, _language, _options.Ascii), "", _width);
        Settle(verdict.Finding, "");
    }

    private void Fault(ConnectionGroup group)
    {
        _text.EndLine();
        Heading(group);
        if (ProcessText.Sentence(group.Example.ClientProcess, group.Example.ServerProcess, _language) is { } who)
            Paragraph.Add(_text, who, Indent, _width);
        for (int i = 0; i < group.Example.Findings.Count; i++)
        {
            Finding finding = group.Example.Findings[i];
            if (i > 0) _text.EndLine();
            Title(finding, isMain: i == 0);
            // The verdict has just said it.
            if (!ReferenceEquals(finding, _diagnosis.Verdict?.Finding)) Paragraph.Add(
                _text, FindingWords.Text(finding, _language, _options.Ascii), Indent, _width);
            if (_options.Why) Why(finding);
            if (i > 0) continue;
            Excerpt(group.Example);
            Paragraph.Add(_text, _language.Pick("What to do: ", "O que fazer: ") + FindingWords.Next(finding, _language), Indent, _width);
        }
    }

    private void Heading(ConnectionGroup group)
    {
        ConnectionDiagnosis example = group.Example;
        string both = $"{example.Client} > {example.Server}";
        string at = Encoding.ASCII.GetString(_clock.Of(example.OpenedAt));
        if (group.Numbers.Count == 1)
        {
            Line(_language.Pick($"Connection {example.Id}: {both}, {at}", $"Conexão {example.Id}: {both}, {at}"), TextStyle.Bold);
            return;
        }

        string label = FindingPages.Of(group.Main.Id).Label.In(_language);
        Line(_language.Pick($"{group.Numbers.Count} connections to {example.Server}: {label}",
            $"{group.Numbers.Count} conexões com {example.Server}: {label}"), TextStyle.Bold);
        Paragraph.Add(_text, _language.Pick("numbers ", "números ") + NumberRanges.Of(group.Numbers, MostNumbers, _options.Ascii), Indent,
            _width, TextStyle.Dim);
        Paragraph.Add(_text, _language.Pick($"for example {example.Id}: {both}, {at}", $"por exemplo {example.Id}: {both}, {at}"), Indent,
            _width, TextStyle.Dim);
    }

    // "packet-loss · warning · the network · packets 17, 19": what --explain, --fail-on and --json call it.
    private void Title(Finding finding, bool isMain)
    {
        _text.Add(Indent);
        if (!isMain) _text.Add(_language.Pick("also ", "também "), TextStyle.Dim);
        _text.Add(FindingNames.Of(finding.Id), Style(finding.Severity)).Add(Dot + VerdictWords.Severity(finding.Severity, _language) + Dot
            + FindingWords.Whose(finding.Party, _language) + Sureness(finding.Confidence), TextStyle.Plain);
        if (finding.Packets.Count > 0)
        {
            string packets = finding.Packets.Count == 1 ? _language.Pick("packet ", "pacote ") : _language.Pick("packets ", "pacotes ");
            string listed = packets + NumberRanges.Of(finding.Packets, MostNumbers, _options.Ascii) + Capture(finding);
            if (_text.Column + listed.Length + Dot.Length <= _width) _text.Add(Dot + listed, TextStyle.Dim);
            else Paragraph.Add(_text.EndLine(), listed, Indent, _width, TextStyle.Dim);
        }

        if (_text.Column > 0) _text.EndLine();
    }

    // What is certain needs no word for it.
    private string Sureness(Confidence confidence) => confidence switch
    {
        Confidence.Certain => "",
        Confidence.Likely => Dot + _language.Pick("likely", "provável"),
        _ => Dot + _language.Pick("possible", "possível"),
    };

    private void Why(Finding finding)
    {
        foreach (Alternative other in Alternative.To(finding.Id))
        {
            string because = ExclusionWords.Of(other.Because, _language);
            Paragraph.Add(_text, _language.Pick("not ", "não ") + $"{FindingNames.Of(other.Id)}: {because}", Indent + Indent, _width,
                TextStyle.Dim);
        }

        // The verdict has just said what would settle it.
        if (!ReferenceEquals(finding, _diagnosis.Verdict?.Finding)) Settle(finding, Indent);
    }

    private void Settle(Finding finding, string indent)
    {
        if (Settling.Of(finding, _language) is not { Length: > 0 } settles) return;
        string sureness = finding.Confidence == Confidence.Likely
            ? _language.Pick("This is likely. To be certain: ", "Isso é provável. Para ter certeza: ")
            : _language.Pick("This is possible, no more. To be certain: ", "Isso é possível, e só. Para ter certeza: ");
        Paragraph.Add(_text, sureness + settles, indent, _width, TextStyle.Dim);
    }

    private string Capture(Finding finding) => finding.SeenAt switch
    {
        Side.Client => _language.Pick(" of the client's capture", " da captura do cliente"),
        Side.Server => _language.Pick(" of the server's capture", " da captura do servidor"),
        _ => "",
    };

    private void Excerpt(ConnectionDiagnosis diagnosis)
    {
        if (diagnosis.Excerpt.Count == 0) return;
        _text.EndLine();
        _text.AddLines(_excerpt?.Invoke(diagnosis) ?? TextLadder.Draw(ConnectionLadder.Excerpt(diagnosis), _options));
        _text.EndLine();
    }

    private void Rest(IReadOnlyList<ConnectionGroup> notes)
    {
        if (VerdictWords.Healthy(_diagnosis, _language) is { } sentence)
        {
            Line(sentence, _diagnosis.Judged.Packets == 0 ? TextStyle.Plain : TextStyle.Bold);
        }
        else if (_diagnosis.HealthyConnections is > 0 and long healthy)
        {
            _text.EndLine();
            Line(VerdictWords.Others(healthy, _language));
        }

        foreach (ConnectionGroup group in notes.Take(MostGroups))
        {
            string numbers = NumberRanges.Of(group.Numbers, MostNumbers, _options.Ascii);
            string subject = group.Numbers.Count == 1 ? _language.Pick("connection", "conexão")
                : _language.Pick("connections", "conexões");
            Paragraph.Add(_text, $"{FindingNames.Of(group.Main.Id)}, {subject} {numbers}: "
                + $"{FindingWords.Text(group.Main, _language, _options.Ascii)}", Indent, _width, TextStyle.Dim);
        }

        if (!_diagnosis.Judged.IsSynthetic) return;
        _text.EndLine();
        Line(_language.Pick(
            "Seen from the middle, message by message: the packet numbers count what was said and when, not segments. Loss, reordering, "
                + "damage and small windows show only in a capture of packets.",
            "Visto do meio, mensagem por mensagem: os números de pacote contam o que foi dito e quando, não segmentos. Perdas, "
                + "reordenação, danos e janelas pequenas só aparecem numa captura de pacotes."),
            TextStyle.Dim);
    }

    private void Line(string text, TextStyle style = TextStyle.Plain) => Paragraph.Add(_text, text, "", _width, style);
}
