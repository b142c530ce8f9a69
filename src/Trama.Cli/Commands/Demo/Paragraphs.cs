using Trama.Reports.Text;

namespace Trama.Cli.Commands.Demo;

/// <summary>Headings, indented lines and wrapped points on standard output.</summary>
internal sealed class Paragraphs(TextOptions options)
{
    private const int WidestText = 100;
    private const int PointColumn = 11;

    private readonly StyledText _text = new(options.Colour);

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>A heading over what follows.</summary>
    public void Heading(string heading)
    {
        string rule = options.Ascii ? "-" : "─";
        _text.EndLine().Add($"{rule}{rule} ", TextStyle.Dim).Add(heading, TextStyle.Bold).Add(" ");
        int rest = Math.Min(options.Width, WidestText) - _text.Column;
        _text.Add(string.Concat(Enumerable.Repeat(rule, Math.Max(rest, 2))), TextStyle.Dim).EndLine().EndLine();
    }

    /// <summary>Running text.</summary>
    public void Text(string text)
    {
        foreach (string line in Paragraph.Lines(text, Math.Min(options.Width, WidestText))) _text.Add(line).EndLine();
    }

    /// <summary>A line as it is.</summary>
    public void Line(string line, TextStyle style = TextStyle.Plain) => _text.Add(line, style).EndLine();

    /// <summary>Text that is already laid out, in lines.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.TrimEnd('\n').Split('\n')) _text.Add(line).EndLine();
    }

    /// <summary>A long line, which goes on below with an indent when the terminal is too narrow for it.</summary>
    public void Wrapped(string line, int indent)
    {
        string[] parts = Console.IsOutputRedirected ? [line] : [.. Wrap(line, options.Width, options.Width - indent)];
        foreach ((int index, string part) in parts.Index()) _text.PadTo(index == 0 ? 0 : indent).Add(part).EndLine();
    }

    /// <summary>A word at the left, and at the right what it means.</summary>
    public void Point(string word, string meaning)
    {
        int width = Math.Min(options.Width, WidestText) - PointColumn;
        _text.Add(word, TextStyle.Bold);
        foreach (string part in Wrap(meaning, width, width)) _text.PadTo(PointColumn).Add(part).EndLine();
    }

    // The leading spaces of the first line stay.
    private static IEnumerable<string> Wrap(string text, int firstWidth, int width)
    {
        int limit = firstWidth;
        int start = text.Length - text.TrimStart().Length;
        string line = text[..start];
        bool empty = true;
        foreach (string word in text[start..].Split(' '))
        {
            if (!empty && line.Length + 1 + word.Length > limit)
            {
                yield return line;
                (line, empty, limit) = ("", true, width);
            }

            line = empty ? line + word : $"{line} {word}";
            empty = false;
        }

        if (!empty) yield return line;
    }
}
