using System.Globalization;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Listing;

/// <summary>A look as a whole screen, which the next one replaces: what it is above the table, and as many lines of it as there is room
/// for.</summary>
internal static class SocketScreen
{
    // What it is, what is left out, and where the cursor stays.
    private const int Aside = 3;

    /// <summary>The screen.</summary>
    /// <param name="page">The table.</param>
    /// <param name="look">The look.</param>
    /// <param name="rows">The sockets that are shown.</param>
    /// <param name="height">The lines of the terminal; 0 when they are not known.</param>
    /// <param name="options">How text is written.</param>
    public static string Draw(string page, SocketLook look, IReadOnlyCollection<SocketRow> rows, int height, TextOptions options)
    {
        Language language = options.Language;
        int sick = rows.Count(row => row.Ailment is not null);
        string time = DateTime.UnixEpoch.AddTicks(look.At / TimeSpan.NanosecondsPerTick).ToLocalTime()
            .ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string sockets = CountWords.Sockets(rows.Count), hidden = look.Hidden == 0 ? "" : language.Pick(
            $", {look.Hidden} on this machine that cannot be told whose", $", {look.Hidden} nesta máquina que não se sabe de quem");
        string title = language.Pick($"{time}  {sockets}, {sick} sick{hidden}; Ctrl-C ends",
            $"{time}  {sockets}, {sick} com problema{hidden}; Ctrl-C encerra");
        var text = new StyledText(options.Colour);
        text.Add(TextWidth.Fit(title, options.Width, options.Ascii ? "..." : "…"), TextStyle.Dim).EndLine();
        string[] lines = page.TrimEnd('\n').Split('\n');
        int room = height == 0 ? lines.Length : Math.Max(1, height - Aside);
        string rest = lines.Length <= room ? "" : language.Pick($"{lines.Length - room} more lines; a taller terminal, or --process, "
            + "--port, --state and --faults", $"mais {lines.Length - room} linhas; um terminal mais alto, ou --process, --port, --state e "
            + "--faults");
        string shown = string.Join('\n', lines.Take(room));
        return Ansi.ClearScreen + text + shown + "\n" + (rest.Length == 0 ? "" : TextWidth.Fit(rest, options.Width) + "\n");
    }
}
