using Trama.Reports.Text;

namespace Trama.Cli.ThisProcess;

/// <summary>
/// A line on the terminal of standard error that says how far something has come, or several, renewed in their place by a clock. Whatever
/// else is written there takes them away first.
/// </summary>
internal sealed class StatusLine : IDisposable
{
    // There is one terminal, whoever writes to it.
    private static readonly Lock Writing = new();
    private static bool _isShown;
    private static int _linesAbove;

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
    /// <param name="text">What it says at a moment, in as many lines as there is room for; asked on another thread.</param>
    public static StatusLine? Start(TimeSpan interval, Func<string> text) =>
        Console.IsErrorRedirected || IsRefused ? null : new StatusLine(interval, text);

    /// <summary>Takes the line away, if one is there, until it is renewed.</summary>
    public static void Clear()
    {
        if (!Volatile.Read(ref _isShown)) return;
        lock (Writing)
        {
            if (_isShown) Terminal.Control.Write(Ansi.Above(_linesAbove) + (_linesAbove == 0 ? Ansi.ClearRest : Ansi.ClearBelow));
            (_isShown, _linesAbove) = (false, 0);
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
            int width = Terminal.ErrorWidth - 1;
            string[] lines = [.. _text().Split('\n').Select(line =>
                TextWidth.Fit(line, width, Terminal.AsciiOnly ? "..." : "…") + Ansi.ClearRest)];
            // As many as there were before are replaced in their places: nothing flickers.
            string rest = lines.Length <= _linesAbove ? Ansi.ClearBelow : "";
            Terminal.Control.Write(Ansi.Above(_linesAbove) + string.Join('\n', lines) + rest);
            (_isShown, _linesAbove) = (true, lines.Length - 1);
        }
    }
}
