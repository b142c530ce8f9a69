using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Peers.Loading;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary>A line on the terminal, renewed every second, that says how a load is going.</summary>
internal sealed class LoadProgress : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Load _load;
    private readonly TextOptions _options;
    private readonly Timer? _timer;
    private readonly Lock _showing = new();
    private LoadTally _before = new();
    private int _seconds;
    private bool _isOver;

    /// <summary>Shows it until this is disposed of, if standard error is a terminal.</summary>
    public LoadProgress(Load load, TextOptions options)
    {
        (_load, _options) = (load, options);
        if (!Console.IsErrorRedirected) _timer = new Timer(_ => Show(), null, Interval, Interval);
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_timer is null) return;
        _timer.Dispose();
        lock (_showing)
        {
            _isOver = true;
            Terminal.Control.Write(Ansi.ClearLine);
        }
    }

    private void Show()
    {
        lock (_showing)
        {
            if (_isOver) return;
            LoadTally now = _load.Tally();
            Language language = _options.Language;
            string p50 = Text(now.Latency.Percentile(0.5, _before.Latency)), p99 = Text(now.Latency.Percentile(0.99, _before.Latency));
            Terminal.Control.Write(string.Create(CultureInfo.InvariantCulture,
                $"{Ansi.ClearLine}{++_seconds} s  {now.Answered - _before.Answered}/s  p50 {p50}  p99 {p99}  "
                    + $"{language.Pick("failed", "falharam")} {now.Failed}"));
            _before = now;
        }
    }

    private string Text(long? nanoseconds) => nanoseconds is { } known ? DurationText.Of(known, _options.Ascii) : "-";
}
