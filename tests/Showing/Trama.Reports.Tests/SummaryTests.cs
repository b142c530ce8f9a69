using CsCheck;
using Trama.Reports.Forms;
using Trama.Reports.Summary;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class SummaryTests
{
    [Theory]
    [InlineData("summary-80.en.txt", 80, Language.English, false)]
    [InlineData("summary-120.pt.txt", 120, Language.Portuguese, false)]
    [InlineData("summary-80.ascii.txt", 80, Language.English, true)]
    public void Connections_and_servers_are_summed_up(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(new TextOptions { Width = width, Language = language, Ascii = ascii }, SummarySort.Number, 10));

    [Theory]
    [InlineData(SummarySort.Number, "1")]
    [InlineData(SummarySort.Duration, "4")]
    [InlineData(SummarySort.Bytes, "4")]
    [InlineData(SummarySort.ServerTime, "4")]
    public void The_first_row_is_what_the_order_asks_for(SummarySort sort, string first)
    {
        string[] lines = Draw(new TextOptions(), sort, top: 1).Split('\n');
        Assert.StartsWith(first + "  ", lines[1], StringComparison.Ordinal);
        Assert.Equal("4 connections, 3 exchanges (3 not shown)", lines[2]);
    }

    [Fact]
    public void A_percentile_is_within_one_part_in_32_of_the_exact_one() =>
        Gen.Select(Gen.Long[0, 100_000_000_000].Array[1, 300], Gen.Double[0, 1]).Sample((durations, share) =>
        {
            var latencies = new Latencies();
            foreach (long duration in durations) latencies.Add(duration);
            long[] sorted = [.. durations.Order()];
            long exact = sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length), 1, sorted.Length) - 1];
            long found = latencies.Percentile(share)!.Value;
            return found >= exact && found <= exact + exact / 32;
        });

    [Fact]
    public void A_histogram_passes_over_many_empty_steps_and_shows_a_few()
    {
        var bars = new LatencyBars();
        foreach (long nanoseconds in (long[])[0, 150_000, 1_500_000]) bars.Add(nanoseconds);
        var text = new StyledText(false);
        bars.Draw(text, new TextOptions());
        string[] limits = [.. text.ToString().TrimEnd('\n').Split('\n').Select(line => line.Split('▕')[0].Trim())];
        Assert.Equal(["< 1 ns", "⋮", "< 200 µs", "< 500 µs", "< 1.00 ms", "< 2.00 ms"], limits);
    }

    private static string Draw(TextOptions options, SummarySort sort, int top)
    {
        var summary = new SummaryReport(new FormSettings { Output = Stream.Null, Text = options, Sort = sort, Top = top });
        Connection troubled = Samples.Troubled(4);
        foreach (Connection connection in Samples.Several().Append(troubled))
        {
            foreach (Exchange exchange in connection.Exchanges) summary.ExchangeCompleted(connection, exchange);
            summary.ConnectionEnded(connection);
        }

        return summary.Draw();
    }
}
