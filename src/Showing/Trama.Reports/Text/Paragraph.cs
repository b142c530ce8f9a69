namespace Trama.Reports.Text;

/// <summary>Running text in lines of a given width.</summary>
public static class Paragraph
{
    /// <summary>The words of a text in lines of at most so many columns; a longer word is cut.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && TextWidth.Of(line) + 1 + TextWidth.Of(word) > width)
            {
                yield return line;
                line = "";
            }

            string rest = word;
            for (string piece; line.Length == 0 && TextWidth.Of(rest) > width && (piece = TextWidth.Fit(rest, width, "")).Length > 0;)
            {
                yield return piece;
                rest = rest[piece.Length..];
            }

            line = line.Length == 0 ? rest : $"{line} {rest}";
        }

        if (line.Length > 0) yield return line;
    }

    /// <summary>Adds a text in lines that begin with <paramref name="indent"/> and end before <paramref name="width"/>.</summary>
    internal static void Add(StyledText styled, string text, string indent, int width, TextStyle style = TextStyle.Plain)
    {
        foreach (string line in Lines(text, width - indent.Length)) styled.Add(indent).Add(line, style).EndLine();
    }
}
