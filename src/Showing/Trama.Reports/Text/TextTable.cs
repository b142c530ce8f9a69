namespace Trama.Reports.Text;

/// <summary>A table of text. When it is too wide, the columns of least importance are left out, then the widest texts are cut.</summary>
/// <param name="columns">For each column its title, whether it is aligned to the right, and how early it may be left out: 0 never,
/// larger numbers first.</param>
public sealed class TextTable(params (string Title, bool Right, int Expendable)[] columns)
{
    private const string NoteIndent = "    ";
    private const int LeastWidth = 6;


    private readonly List<(string[] Cells, string Note)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column.</param>
    /// <param name="note">
    /// What stands behind the cells, or where that is too long, below them; empty for nothing. A row with one begins with what is
    /// wrong: its first cell is red.
    /// </param>
    public void Add(string[] cells, string note = "")
    {
        ArgumentNullException.ThrowIfNull(cells);
        _rows.Add((cells, note));
    }

    /// <summary>Draws the titles and the rows.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string line in Lines(options)) text.AddLines(line + "\n");
    }

    /// <summary>The titles, then the rows; one whose note has no room behind it has two lines.</summary>
    public IEnumerable<string> Lines(TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int[] widths = [.. columns.Select((column, i) =>
            Math.Max(TextWidth.Of(column.Title), _rows.Select(row => TextWidth.Of(row.Cells[i])).DefaultIfEmpty().Max()))];
        var shown = new List<int>(Enumerable.Range(0, columns.Length));
        while (shown.Sum(i => widths[i] + 2) - 2 > options.Width)
        {
            int least = shown.MaxBy(i => columns[i].Expendable);
            if (columns[least].Expendable == 0) break;
            shown.Remove(least);
        }

        Narrow(shown, widths, options.Width);
        string ellipsis = options.Ascii ? "..." : "…";
        var titles = new StyledText(options.Colour);
        Cells(titles, shown, widths, [.. columns.Select(column => column.Title)], ellipsis, TextStyle.Dim, TextStyle.Dim);
        yield return Ended(titles);
        foreach ((string[] cells, string note) in _rows)
        {
            var text = new StyledText(options.Colour);
            Cells(text, shown, widths, cells, ellipsis, TextStyle.Plain, note.Length > 0 ? TextStyle.Error : TextStyle.Plain);
            Note(text, note, options);
            yield return Ended(text);
        }
    }

    private static string Ended(StyledText text) => text.EndLine().ToString().TrimEnd('\n');

    private void Narrow(List<int> shown, int[] widths, int width)
    {
        while (shown.Sum(i => widths[i] + 2) - 2 > width)
        {
            int widest = shown.MaxBy(i => columns[i].Right ? 0 : widths[i]);
            if (columns[widest].Right || widths[widest] <= LeastWidth) return;
            widths[widest]--;
        }
    }

    private static void Note(StyledText text, string note, TextOptions options)
    {
        if (note.Length == 0) return;
        if (text.Column + TextWidth.Of(note) > options.Width) text.EndLine().Add(NoteIndent);
        text.Add(TextWidth.Fit(note, options.Width - text.Column, options.Ascii ? "..." : "…"), TextStyle.Warning);
    }

    private void Cells(
        StyledText text, List<int> shown, int[] widths, string[] cells, string ellipsis, TextStyle style, TextStyle first)
    {
        int end = 0;
        foreach (int i in shown)
        {
            end += widths[i];
            string cell = TextWidth.Fit(cells[i], widths[i], ellipsis);
            if (columns[i].Right) text.PadTo(end - TextWidth.Of(cell));
            text.Add(cell, i == 0 ? first : style).PadTo(end);
            end += 2;
            text.PadTo(end);
        }
    }
}
