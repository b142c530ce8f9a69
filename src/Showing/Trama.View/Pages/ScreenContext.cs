using Trama.Reports;
using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>What all pages of a screen share, whatever they are of.</summary>
/// <param name="text">Language, colours, ASCII.</param>
internal class ScreenContext(TextOptions text)
{
    private readonly HashSet<(Type Page, long Key)> _marks = [];

    /// <summary>How text is written, at the width of the screen.</summary>
    public TextOptions Text { get; private set; } = text;

    /// <summary>The columns of the screen.</summary>
    public int Width
    {
        get => Text.Width;
        set => Text = Text with { Width = value };
    }

    /// <summary>The text in the language of the screen.</summary>
    public string Pick(string english, string portuguese) => Text.Language.Pick(english, portuguese);

    /// <summary>A line of the screen.</summary>
    public Line Line(bool isSelected = false) => new(Width, Text, isSelected);

    /// <summary>Marks what has a number on a kind of page, or takes the mark away.</summary>
    public void Mark(Type page, long key)
    {
        if (!_marks.Remove((page, key))) _marks.Add((page, key));
    }

    /// <summary>Whether it is marked.</summary>
    public bool IsMarked(Type page, long key) => _marks.Contains((page, key));
}
