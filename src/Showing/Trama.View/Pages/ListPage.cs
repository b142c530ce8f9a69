using Trama.View.Screen;

namespace Trama.View.Pages;

/// <summary>Rows that others have written.</summary>
internal sealed class ListPage(ScreenContext context, ListOptions options) : Page(context)
{
    // Of each line, the row whose first one it is; -1 for one that goes on.
    private List<(string Coloured, string Plain, int Row)> _lines = [];

    /// <summary>What is shown.</summary>
    public ListContent Content { get; private set; } = new("", "", [], [], "");

    /// <inheritdoc/>
    public override string Name => Content.Title;

    /// <inheritdoc/>
    public override string Keys => options.Keys;

    /// <inheritdoc/>
    public override long Count => _lines.Count;

    /// <inheritdoc/>
    public override void Refresh()
    {
        // The first column is that of the mark at the selected row.
        Content = options.Content(Shared.Text with { Width = Shared.Width - 1 });
        Remake(() => _lines = [.. Content.Rows.Zip(Content.Plain).SelectMany((row, index) => row.First.Split('\n')
            .Zip(row.Second.Split('\n'), (coloured, plain) => (coloured, plain))
            .Select((line, place) => (line.coloured, line.plain, place == 0 ? index : -1)))]);
        base.Refresh();
    }

    /// <inheritdoc/>
    protected override object? Identity(long place) => CanSelect(place) ? _lines[(int)place].Row : null;

    /// <inheritdoc/>
    protected override IEnumerable<string> Head() => [Shared.Line().Add(" ").Add(Content.Head, Reports.Text.TextStyle.Dim).ToString()];

    /// <inheritdoc/>
    protected override bool CanSelect(long place) => place < _lines.Count && _lines[(int)place].Row >= 0;

    /// <inheritdoc/>
    protected override void Row(long place, Line line) =>
        line.Drawn(line.IsPlain ? _lines[(int)place].Plain : _lines[(int)place].Coloured);
}
