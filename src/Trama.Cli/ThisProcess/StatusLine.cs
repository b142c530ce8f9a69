using Trama.Reports.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// A line on the terminal of standard error that says how far something has come, renewed in its place by a clock. Whatever else is written
/// there takes it away first.
/// </summary>
internal sealed class StatusLine : IDisposable
{
    // There is one terminal, whoever writes to it.
    private static readonly Lock Writing = new();
    private static bool _isShown;

    private readonly Func<string> _text;
    private readonly Timer _timer;
    private bool _isOver;

    private StatusLine(TimeSpan interval, Func<string> text)
    {
        _text = text;
        _timer = new Timer(_ => Show(), null, TimeSpan.FromSeconds(1), interval);
    }

    /// <summary>Whether it is left out (<c>--no-progress</c>).</summary>
    public static bool IsRefused { get; set; }

    /// <summary>Shows a line from the second second on; null where nobody would see it, or wants to.</summary>
    /// <param name="interval">How often it is renewed.</param>
    /// <param name="text">What it says at a moment; asked on another thread.</param>
    public static StatusLine? Start(TimeSpan interval, Func<string> text) =>
        Console.IsErrorRedirected || IsRefused ? null : new StatusLine(interval, text);

    /// <summary>Takes the line away, if one is there, until it is renewed.</summary>
    public static void Clear()
    {
        if (!Volatile.Read(ref _isShown)) return;
        lock (Writing)
        {
            if (_isShown) Terminal.Control.Write(Ansi.ClearLine);
            _isShown = false;
        }
    }

    /// <summary>Takes the line away for good.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (Writing) _isOver = true;
        Clear();
    }

    private void Show()
    {
        lock (Writing)
        {
            if (_isOver) return;
            string fitted = TextWidth.Fit(_text(), Terminal.ErrorWidth - 1, Terminal.AsciiOnly ? "..." : "…");
            Terminal.Control.Write(Ansi.ClearLine + fitted);
            _isShown = true;
        }
    }
}
