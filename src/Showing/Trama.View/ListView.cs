using System.Globalization;
using Trama.Reports.Text;
using Trama.View.Keyboard;
using Trama.View.Pages;

namespace Trama.View;

/// <summary>A list on the screen of a terminal that is another one all the time, with the rows and the keys of the view of a capture.
/// For one thread.</summary>
public sealed class ListView : IScreenView
{
    private const int AroundRows = 3;

    private readonly ScreenContext _context;
    private readonly ListPage _page;
    private readonly Action<char> _letter;
    private int _rows = 24;
    private bool _isPaused;

    /// <summary>Begins at the first row.</summary>
    public ListView(ListOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _context = new ScreenContext(options.Text);
        (_page, _letter, Interval) = (new ListPage(_context, options), options.Letter, options.Interval);
    }

    /// <inheritdoc/>
    public bool IsOver { get; private set; }

    /// <inheritdoc/>
    public bool WantsShell { get; private set; }

    /// <inheritdoc/>
    public TimeSpan Interval { get; }

    /// <inheritdoc/>
    public string Note { get; set; } = "";

    /// <inheritdoc/>
    public void Resize(int columns, int rows)
    {
        bool isOther = columns != _context.Width;
        (_context.Width, _rows) = (columns, rows);
        if (isOther) _page.Refresh();
    }

    /// <inheritdoc/>
    public string TakeControls() => "";

    /// <inheritdoc/>
    public void Return() => WantsShell = false;

    /// <inheritdoc/>
    public void Look()
    {
        if (!_isPaused) _page.Refresh();
    }

    /// <inheritdoc/>
    public void Take(Key key)
    {
        Note = "";
        if (_page.TryMove(key)) return;
        switch (key.Kind)
        {
            case KeyKind.Click: _page.Click(key.Row - 1); break;
            case KeyKind.Control: TakeControl((char)key.Character.Value); break;
            case KeyKind.Character when key.Character.IsBmp: TakeLetter((char)key.Character.Value); break;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Draw()
    {
        var lines = new List<string>(_rows)
        {
            _context.Line().Add(" ").Add(_page.Name, TextStyle.Bold)
                .AtEnd(_isPaused ? _context.Pick("paused ", "em pausa ") : "", TextStyle.Dim).ToString(),
        };
        _page.Draw(lines, Math.Max(2, _rows - AroundRows));
        lines.Add(_context.Line().Add(" " + (Note.Length > 0 ? Note : _page.Content.Chosen), TextStyle.Client).ToString());
        string place = _page.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{_page.Selected + 1}/{_page.Count} ");
        lines.Add(_context.Line().Add(" ").Left(_page.Keys, Math.Max(0, _context.Width - place.Length - 2), TextStyle.Dim)
            .AtEnd(place, TextStyle.Dim).ToString());
        return lines;
    }

    private void TakeControl(char letter)
    {
        switch (letter)
        {
            case 'c': IsOver = true; break;
            case 'z': WantsShell = true; break;
        }
    }

    private void TakeLetter(char letter)
    {
        switch (letter)
        {
            case 'q': IsOver = true; break;
            case ' ': _isPaused = !_isPaused; break;
            default:
                _letter(letter);
                _page.Refresh();
                break;
        }
    }
}
