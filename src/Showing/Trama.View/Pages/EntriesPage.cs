using Trama.Reports.Text;
using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>A page whose rows are made beforehand: text, and rows to go on from.</summary>
internal abstract class EntriesPage(ViewContext context) : CapturePage(context)
{
    private List<Entry> _entries = [];
    private int _width;

    /// <inheritdoc/>
    public override long Count => _entries.Count;

    /// <inheritdoc/>
    public override bool IsText => !_entries.Exists(entry => entry.Enter is not null);

    /// <inheritdoc/>
    public override long? Connection => At(Selected)?.Connection;

    /// <inheritdoc/>
    public override void Refresh()
    {
        _width = Context.Width;
        Remake(() => _entries = [.. Entries()]);
        // Until then, what comes first is selected, also when more comes before it.
        if (!HasMoved) Select(0);
        base.Refresh();
    }

    /// <inheritdoc/>
    public override Page? Enter() => At(Selected)?.Enter?.Invoke();

    /// <inheritdoc/>
    public override Page? Exchanges() => At(Selected)?.Exchanges?.Invoke();

    /// <summary>Makes the rows, for the width of the screen.</summary>
    protected abstract IEnumerable<Entry> Entries();

    /// <summary>A text in as many lines as it needs.</summary>
    protected IEnumerable<Entry> Words(string text, TextStyle style = TextStyle.Plain, string indent = " ") =>
        Paragraph.Lines(text, Math.Min(Context.Width, 110) - indent.Length - 1).Select(words => Text(indent + words, style));

    /// <summary>A line of text.</summary>
    protected static Entry Text(string text, TextStyle style = TextStyle.Plain) => new(line => line.Add(text, style));

    /// <inheritdoc/>
    protected override IEnumerable<string> Head()
    {
        if (_width != Context.Width) Refresh();
        return [];
    }

    /// <inheritdoc/>
    protected override object? Identity(long place) => At(place)?.Identity;

    /// <inheritdoc/>
    protected override bool CanSelect(long place) => At(place)?.Enter is not null;

    /// <inheritdoc/>
    protected override void Row(long place, Line line) => At(place)?.Draw(line);

    private Entry? At(long place) => place >= 0 && place < _entries.Count ? _entries[(int)place] : null;
}
