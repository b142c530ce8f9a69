using Trama.Diagnosis;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Text;
using Trama.Tracing.Joining;

namespace Trama.Reports.Findings;

/// <summary>
/// The diagnosis of two joined captures for people: as of one, with slanted ladders, and with what joins the two at its end.
/// </summary>
public static class JoinedDiagnosisText
{
    private const int MaxExcerpt = 10;

    /// <summary>The text, each line ended by LF.</summary>
    /// <param name="captures">The captures.</param>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="files">The names of the two captures, in the order in which they were given.</param>
    /// <param name="options">How text is written.</param>
    /// <param name="zone">The time zone of the reader.</param>
    public static string Draw(JoinedCapture captures, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, TextOptions options,
        TimeZoneInfo zone)
    {
        var joined = captures.Connections.ToDictionary(connection => connection.Id);
        var text = new StyledText(options.Colour);
        text.AddLines(DiagnosisText.Draw(diagnosis, options, zone, found =>
            JoinedTextLadder.Draw(JoinedLadder.Excerpt(captures, joined[found.Id], found.Findings[0], MaxExcerpt), options)));
        text.EndLine();
        var words = new JoinedWords(options.Language, options.Ascii);
        foreach (string line in words.Captures(captures, files)) Paragraph.Add(
            text, line, "", Math.Clamp(options.Width, 60, 100), TextStyle.Dim);
        return text.ToString();
    }
}
