using System.Text;
using Trama.Reports.Text;

namespace Trama.Reports.Ladder.Joined;

/// <summary>One line of a drawing, a cell per column, so that later strokes may cross earlier ones.</summary>
internal sealed class TextCells(int width)
{
    private readonly (string Glyph, TextStyle Style)[] _cells = [.. Enumerable.Repeat((" ", TextStyle.Plain), width)];

    public string this[int column] => _cells[column].Glyph;

    public void Set(int column, string glyph, TextStyle style)
    {
        if (column >= 0 && column < _cells.Length) _cells[column] = (glyph, style);
    }

    /// <summary>Writes text; a wide character takes two cells.</summary>
    public void Write(int column, string text, TextStyle style)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            string glyph = rune.ToString();
            int columns = TextWidth.Of(glyph);
            if (columns == 0 && column > 0) _cells[column - 1].Glyph += glyph;
            if (columns > 0) Set(column, glyph, style);
            if (columns == 2) Set(column + 1, "", style);
            column += columns;
        }
    }

    public void AppendTo(StyledText text)
    {
        for (int start = 0, end; start < _cells.Length; start = end)
        {
            for (end = start; end < _cells.Length && _cells[end].Style == _cells[start].Style;) end++;
            text.Add(string.Concat(_cells[start..end].Select(cell => cell.Glyph)), _cells[start].Style);
        }
    }
}
