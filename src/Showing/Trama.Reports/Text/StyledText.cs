using System.Text;

namespace Trama.Reports.Text;

/// <summary>Builds text in styles, as ANSI colours (SGR) or plain, and counts the columns of the current line.</summary>
/// <param name="colour">Whether styles are written.</param>
public sealed class StyledText(bool colour)
{
    private readonly StringBuilder _text = new();

    /// <summary>Columns written since the line began.</summary>
    public int Column { get; private set; }

    /// <summary>Appends text without line ends.</summary>
    public StyledText Add(string text, TextStyle style = TextStyle.Plain)
    {
        if (text.Length == 0) return this;
        _text.Append(colour && style != TextStyle.Plain ? Ansi.Styled(text, style) : text);
        Column += TextWidth.Of(text);
        return this;
    }

    /// <summary>Appends whole lines, as they are.</summary>
    public StyledText AddLines(string lines)
    {
        _text.Append(lines);
        return this;
    }

    /// <summary>Appends spaces until the line has <paramref name="column"/> columns.</summary>
    public StyledText PadTo(int column) => Column < column ? Add(new string(' ', column - Column)) : this;

    /// <summary>Ends the line, without the spaces at its end.</summary>
    public StyledText EndLine()
    {
        int length = _text.Length;
        while (length > 0 && _text[length - 1] == ' ') length--;
        _text.Length = length;
        _text.Append('\n');
        Column = 0;
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
