using Trama.Framing;
using Trama.Reports.Text;

namespace Trama.View.Screen;

/// <summary>A line of the screen while it is written, never wider than the screen. All text that others may have had a hand in passes
/// <see cref="VisibleText.Checked"/> here, once more.</summary>
/// <param name="width">The columns of the screen.</param>
/// <param name="options">Whether there are colours, and characters beyond ASCII.</param>
/// <param name="isSelected">Whether it is the one at which the person is.</param>
internal sealed class Line(int width, TextOptions options, bool isSelected = false)
{
    private readonly StyledText _text = new(options.Colour && !isSelected);
    private string? _drawn;

    /// <summary>The columns of the screen.</summary>
    public int Width => width;

    /// <summary>Whether it is drawn without colours of its own.</summary>
    public bool IsPlain => isSelected || !options.Colour;

    /// <summary>Columns that are left.</summary>
    public int Room => width - _text.Column;

    /// <summary>Adds a text, cut where the line ends.</summary>
    public Line Add(string text, TextStyle style = TextStyle.Plain) => Add(text, Room, style);

    /// <summary>Adds a text in a column at the left of it, cut to its width, and the space to the next one.</summary>
    public Line Left(string text, int columns, TextStyle style = TextStyle.Plain)
    {
        int end = Math.Min(width, _text.Column + columns);
        Add(text, columns, style);
        _text.PadTo(end);
        return Add(" ");
    }

    /// <summary>Adds a text in a column at the right of it.</summary>
    public Line Right(string text, int columns, TextStyle style = TextStyle.Plain)
    {
        string fitted = Fitted(text, Math.Min(columns, Room));
        _text.PadTo(Math.Min(width, _text.Column + columns) - TextWidth.Of(fitted)).Add(fitted, style);
        return Add(" ");
    }

    /// <summary>Adds a text that ends where the line does, if there is room for it.</summary>
    public Line AtEnd(string text, TextStyle style = TextStyle.Plain)
    {
        string fitted = Fitted(text, width);
        if (TextWidth.Of(fitted) > Room) return this;
        _text.PadTo(width - TextWidth.Of(fitted)).Add(fitted, style);
        return this;
    }

    /// <summary>Adds what was drawn elsewhere for a line of at most this width, with its colours.</summary>
    public void Drawn(string line) => _drawn = line;

    /// <inheritdoc/>
    public override string ToString()
    {
        if (!isSelected || !options.Colour) return _text + _drawn;
        _text.Add(_drawn ?? "").PadTo(width);
        return Ansi.Selected + _text + Plain;
    }

    private static string Plain => System.Text.Encoding.ASCII.GetString(Ansi.Plain);

    private Line Add(string text, int columns, TextStyle style)
    {
        _text.Add(Fitted(text, Math.Min(columns, Room)), style);
        return this;
    }

    private string Fitted(string text, int columns)
    {
        string visible = VisibleText.Checked(text);
        return options.Ascii ? TextWidth.Fit(TextWidth.ToAscii(visible.Replace(" · ", ", ", StringComparison.Ordinal)), columns, "~")
            : TextWidth.Fit(visible, columns, "…");
    }
}
