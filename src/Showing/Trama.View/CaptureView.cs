using System.Globalization;
using Trama.Reports.Browsing;
using Trama.Reports.Text;
using Trama.View.Keyboard;
using Trama.View.Pages;
using Trama.View.Screen;

namespace Trama.View;

/// <summary>
/// A capture on the screen of a terminal: takes keys and says what the lines are. It does no I/O of its own but saving when asked to, and
/// is for one thread; the capture may grow on another meanwhile.
/// </summary>
public sealed class CaptureView : IScreenView
{
    /// <summary>The columns below which nothing useful can be shown.</summary>
    public const int LeastColumns = 60;

    /// <summary>The rows below which nothing useful can be shown.</summary>
    public const int LeastRows = 12;

    private const int FramingRows = 3;

    private readonly ViewContext _context;
    private readonly ViewQuestions _questions;
    private readonly Stack<Page> _pages = new();
    private int _rows = 24;
    private long _version = -1, _pausedExchanges;
    private bool _wasComplete, _wasWaiting, _isPaused;

    /// <summary>Begins with the whole capture.</summary>
    public CaptureView(BrowsedCapture capture, ViewOptions options)
    {
        ArgumentNullException.ThrowIfNull(capture);
        ArgumentNullException.ThrowIfNull(options);
        _context = new ViewContext(capture, options);
        _questions = new ViewQuestions(_context);
        Push(new HomePage(_context));
    }

    /// <summary>Whether the person has ended it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the person wants to go to the shell for a while.</summary>
    public bool WantsShell { get; private set; }

    /// <summary>Something to be told in the line above the keys, until the next key; empty for nothing.</summary>
    public string Note
    {
        get => _questions.Note;
        set => _questions.Note = value;
    }

    /// <summary>When it should be looked at again though no key was pressed; infinite when nothing changes by itself.</summary>
    public TimeSpan Interval => Current.IsWaiting ? TimeSpan.FromMilliseconds(100)
        : !(_context.Capture.IsComplete && _wasComplete) ? TimeSpan.FromMilliseconds(500)
        // It may grow.
        : _context.Options.File is not null ? TimeSpan.FromSeconds(2) : Timeout.InfiniteTimeSpan;

    private Page Current => _pages.Peek();

    /// <summary>The screen has another size.</summary>
    public void Resize(int columns, int rows) => (_context.Width, _rows) = (columns, rows);

    /// <summary>Control sequences that the terminal is to be sent beside the lines: a text to copy; empty for none.</summary>
    public string TakeControls() => _questions.TakeControls();

    /// <summary>The person is back from the shell.</summary>
    public void Return() => WantsShell = false;

    /// <summary>Looks whether there is more to show by now.</summary>
    public void Look()
    {
        bool wasWaiting = _wasWaiting;
        if (_wasWaiting = Current.IsWaiting) return;
        long version = _context.Capture.Version;
        bool isComplete = _context.Capture.IsComplete, isNew = version != _version && !_isPaused;
        _wasComplete = isComplete;
        if (isNew || wasWaiting || Current.Count == 0) Refresh(version);
    }

    /// <summary>Takes a key.</summary>
    public void Take(Key key)
    {
        if (_questions.Take(key))
        {
            if (_questions.HasChosen()) Refresh();
            return;
        }

        if (Current.TryMove(key)) return;
        switch (key.Kind)
        {
            case KeyKind.Enter or KeyKind.Right: Push(Current.Enter()); break;
            case KeyKind.Escape or KeyKind.Left or KeyKind.Backspace: Out(); break;
            case KeyKind.Click when Current.Click(key.Row - 1): Push(Current.Enter()); break;
            case KeyKind.Control: TakeControl((char)key.Character.Value); break;
            case KeyKind.Character when key.Character.IsBmp: TakeLetter((char)key.Character.Value); break;
        }
    }

    /// <summary>The lines of the screen, as many as it has rows.</summary>
    public IReadOnlyList<string> Draw()
    {
        var lines = new List<string>(_rows);
        if (_context.Width < LeastColumns || _rows < LeastRows)
        {
            lines.Add(_context.Line().Add(_context.Pick($"{LeastColumns}×{LeastRows} at least", $"{LeastColumns}×{LeastRows} no mínimo"))
                .ToString());
            while (lines.Count < _rows) lines.Add("");
            return lines;
        }

        lines.Add(Path());
        Current.Draw(lines, _rows - FramingRows);
        lines.Add(_questions.Line() ?? Chosen());
        string place = Current.IsText || Current.Count == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{Current.Selected + 1}/{Current.Count} ");
        lines.Add(_context.Line().Add(" ").Left(Current.Keys, _context.Width - place.Length - 2, TextStyle.Dim)
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
            case 'h': Out(); break;
            case 'l': Push(Current.Connection is { } id && Current is not LadderPage ? new LadderPage(_context, id) : null); break;
            case 'e': Push(Current.Exchanges()); break;
            case '?': Push(Current is KeysPage ? null : new KeysPage(_context)); break;
            case 'c': Current.NextSide(); break;
            case 'o': Current.NextOrder(turn: false); break;
            case 'O': Current.NextOrder(turn: true); break;
            case 'm': Current.Mark(); break;
            case 'n' or 'N': ToMark(letter == 'N'); break;
            case 'f':
                _context.Choice = _context.Choice with { FaultsOnly = !_context.Choice.FaultsOnly };
                Refresh();
                break;
            case ' ': Pause(); break;
            case '/': _questions.AskCondition(); break;
            case 't': _questions.AskText(); break;
            case 'g': _questions.AskPacket(ToPacket); break;
            case 's': _questions.AskForm(Current.Connection); break;
            case 'y': _questions.AskCopy(Current.SelectedText()); break;
        }
    }

    private void ToMark(bool backwards)
    {
        if (!Current.ToNextMark(backwards)) Note = _context.Pick("no other mark: m marks a row", "nenhuma outra marca: m marca uma linha");
    }

    private void Pause()
    {
        _isPaused = !_isPaused;
        _pausedExchanges = _context.Capture.Exchanges.End;
        if (!_isPaused) Refresh();
    }

    private bool ToPacket(long packet)
    {
        if (_context.Capture.ConnectionOf(packet) is not (> 0 and long connection)) return false;
        if (Current is LadderPage ladder && ladder.Connection == connection) ladder.ToPacket(packet);
        else Push(new LadderPage(_context, connection) { Packet = packet });
        return true;
    }

    private void Push(Page? page)
    {
        if (page is null) return;
        _pages.Push(page);
        Refresh();
    }

    private void Out()
    {
        if (_pages.Count == 1) return;
        (_pages.Pop() as IDisposable)?.Dispose();
        Refresh();
    }

    private void Refresh() => Refresh(_context.Capture.Version);

    private void Refresh(long version)
    {
        _version = version;
        Current.Refresh();
    }

    // Where it stands, and how far the capture is.
    private string Path()
    {
        string arrow = _context.Text.Ascii ? " > " : " ▸ ";
        Line line = _context.Line().Add(" ").Add(string.Join(arrow, _pages.Reverse().Select(page => page.Name)), TextStyle.Bold);
        if (_pages.Count == 1) line.Add("  " + Counts(), TextStyle.Dim);
        return line.AtEnd(State() + " ", TextStyle.Dim).ToString();
    }

    private string Counts()
    {
        (long packets, long connections) = (_context.Capture.Totals.Packets, _context.Capture.Totals.Connections);
        long exchanges = _context.Capture.Exchanges.End, gone = _context.Capture.OmittedExchanges;
        return string.Join("  ", Many(packets, "packet", "pacote"), Many(connections, "connection", "conexão", "conexões"),
            Many(exchanges, "exchange", "troca"))
            + (gone > 0 ? _context.Pick($", the oldest {_context.Count(gone)} gone", $", {_context.Count(gone)} antigas já fora") : "");
    }

    private string Many(long count, string english, string portuguese, string? several = null) => $"{_context.Count(count)} "
        + (count == 1 ? _context.Pick(english, portuguese) : _context.Pick(english + "s", several ?? portuguese + "s"));

    private string State()
    {
        if (_isPaused)
        {
            long since = _context.Capture.Exchanges.End - _pausedExchanges;
            return _context.Pick($"paused, {_context.Count(since)} since", $"em pausa, {_context.Count(since)} desde então");
        }

        if (_context.Capture.IsComplete) return _context.Options.HasGrown()
            ? _context.Pick("the file has grown since", "o arquivo cresceu depois") : "";
        if (_context.Options.IsLive) return _context.Pick("live", "ao vivo");
        if (_context.Options.Follows()) return _context.Pick("growing, followed", "crescendo, seguido");
        return _context.Options.Progress() is { Size: > 0 } progress
            ? _context.Pick("reading", "lendo") + $" {Math.Min(100, progress.Read * 100 / progress.Size)} %"
            : _context.Pick("reading", "lendo");
    }

    // What the lists are restricted to, and their order.
    private string Chosen()
    {
        BrowsingChoice choice = _context.Choice;
        string[] parts =
        [
            choice.Where is { } where ? $"/ {where.Text}" : "",
            choice.Search.Length > 0 ? $"t \"{choice.Search}\"" : "",
            choice.FaultsOnly ? _context.Pick("faults only", "só falhas") : "",
            Current.Order ?? "",
        ];
        string dot = _context.Text.Ascii ? ", " : " · ";
        return _context.Line().Add(" " + string.Join(dot, parts.Where(part => part.Length > 0)), TextStyle.Client).ToString();
    }
}
