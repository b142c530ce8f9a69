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

    [Theory]
    [InlineData(false, Language.English, """
          rate        █▇█▇█▇█▇█▇█▇█▇█▇█▇█▇█▆▁▁▁▁▁▁▁▁▁▁▂  up to 10/s over 34.6 s
          slowest     ▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂▂          █  server time, up to 3.00 s

        """)]
    [InlineData(true, Language.Portuguese, """
          taxa        #+#+#+#+#+#+#+#+#+#+#=__________.  até 10/s em 34,6 s
          mais lenta  ......................          #  tempo no servidor, até 3,00 s

        """)]
    public void Rate_and_times_are_drawn_over_time(bool ascii, Language language, string expected)
    {
        // Ten a second for 23 s, nothing for ten, then one that takes three.
        var course = new TimeCourse();
        for (long i = 0; i < 230; i++) course.Add(1_000_000_000_000 + (i * 100_000_000), 2_000_000);
        course.Add(1_034_000_000_000, 3_000_000_000);
        Assert.Equal(expected, Text(course, new TextOptions { Ascii = ascii, Language = language }));
    }

    [Fact]
    public void Few_exchanges_or_all_at_once_have_no_course() =>
        Gen.Select(Gen.Int[0, 31], Gen.Int[32, 100], Gen.Long).Sample((few, many, at) =>
        {
            var course = new TimeCourse();
            for (int i = 0; i < few; i++) course.Add(at + (i * 1_000_000L), 5);
            var once = new TimeCourse();
            for (int i = 0; i < many; i++) once.Add(at, null);
            return Text(course, new TextOptions()) + Text(once, new TextOptions()) == "";
        });

    [Fact]
    public void Times_however_far_apart_and_in_any_order_make_two_lines_that_fit() =>
        Gen.Select(Gen.Long, Gen.Long.Nullable()).Array[32, 200].Sample(exchanges =>
        {
            var course = new TimeCourse();
            foreach ((long at, long? time) in exchanges) course.Add(at, time);
            string text = Text(course, new TextOptions { Width = 60 });
            return text.Length == 0 || (text.Count(letter => letter == '\n') is 1 or 2 && text.Split('\n').All(line => line.Length <= 80));
        });

    private static string Text(TimeCourse course, TextOptions options)
    {
        var text = new StyledText(false);
        course.Draw(text, options);
        return text.ToString();
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
