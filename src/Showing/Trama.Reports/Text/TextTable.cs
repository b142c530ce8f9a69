namespace Trama.Reports.Text;

/// <summary>A table of text. When it is too wide, the columns of least importance are left out.</summary>
/// <param name="columns">For each column its title, whether it is aligned to the right, and how early it may be left out: 0 never,
/// larger numbers first.</param>
internal sealed class TextTable(params (string Title, bool Right, int Expendable)[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, with a cell for each column.</summary>
    public void Add(string[] cells) => _rows.Add(cells);

    /// <summary>Draws the titles and the rows.</summary>
    public void Draw(StyledText text, TextOptions options)
    {
        int[] widths = [.. columns.Select((column, i) =>
            Math.Max(TextWidth.Of(column.Title), _rows.Select(row => TextWidth.Of(row[i])).DefaultIfEmpty().Max()))];
        var shown = new List<int>(Enumerable.Range(0, columns.Length));
        while (shown.Sum(i => widths[i] + 2) - 2 > options.Width)
        {
            int least = shown.MaxBy(i => columns[i].Expendable);
            if (columns[least].Expendable == 0) break;
            shown.Remove(least);
        }

        Line(text, shown, widths, [.. columns.Select(column => column.Title)], TextStyle.Dim);
        foreach (string[] row in _rows) Line(text, shown, widths, row, TextStyle.Plain);
    }

    private void Line(StyledText text, List<int> shown, int[] widths, string[] cells, TextStyle style)
    {
        int end = 0;
        foreach (int i in shown)
        {
            end += widths[i];
            if (columns[i].Right) text.PadTo(end - TextWidth.Of(cells[i]));
            text.Add(cells[i], style).PadTo(end);
            end += 2;
            text.PadTo(end);
        }

        text.EndLine();
    }
}
