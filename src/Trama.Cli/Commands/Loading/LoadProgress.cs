using System.Globalization;
using Trama.Cli.ThisProcess;
using Trama.Peers.Loading;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Loading;

/// <summary>A line on the terminal, renewed every second, that says how a load is going.</summary>
internal sealed class LoadProgress(Load load, TextOptions options)
{
    private LoadTally _before = new();
    private int _seconds;

    /// <summary>Shows it until what is returned is disposed of; null where nobody would see it.</summary>
    public StatusLine? Show() => StatusLine.Start(TimeSpan.FromSeconds(1), Text);

    private string Text()
    {
        LoadTally now = load.Tally(), before = _before;
        _before = now;
        string p50 = Text(now.Latency.Percentile(0.5, before.Latency)), p99 = Text(now.Latency.Percentile(0.99, before.Latency));
        return string.Create(CultureInfo.InvariantCulture, $"{++_seconds} s  {now.Answered - before.Answered}/s  p50 {p50}  p99 {p99}  ")
            + options.Language.Pick($"failed {now.Failed}", $"falharam {now.Failed}");
    }

    private string Text(long? nanoseconds) => nanoseconds is { } known ? DurationText.Of(known, options.Language, options.Ascii) : "-";
}
