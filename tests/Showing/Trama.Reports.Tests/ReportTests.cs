using System.Text;
using System.Text.Json;
using Trama.Diagnosis;
using Trama.Packets;
using Trama.Reports.Follow;
using Trama.Reports.Forms;
using Trama.Reports.Json;
using Trama.Reports.Lines;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class ReportTests
{
    [Theory]
    [InlineData("lines-80.en.txt", 80, true, Language.English)]
    [InlineData("lines-110.pt.txt", 110, true, Language.Portuguese)]
    [InlineData("lines-140.en.txt", 140, true, Language.English)]
    [InlineData("lines-pipe.en.txt", 80, false, Language.English)]
    public void Exchanges_are_told_a_line_each(string expected, int width, bool columns, Language language)
    {
        using var output = new MemoryStream();
        var lines = new ExchangeLines(new FormSettings
        {
            Output = output,
            Text = new TextOptions { Width = width, Language = language },
            Columns = columns,
            Zone = TimeZoneInfo.Utc
        });
        foreach (Connection connection in Samples.Several())
        {
            foreach (Exchange exchange in connection.Exchanges) lines.ExchangeCompleted(connection, exchange);
            lines.ConnectionEnded(connection);
        }

        lines.Flush();
        Golden.Check(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void The_JSON_document_says_what_the_design_lays_down()
    {
        using var output = new MemoryStream();
        using (var report = new JsonDocumentReport(new FormSettings { Output = output }))
        {
            foreach (Connection connection in Samples.Several())
            {
                foreach (Exchange told in connection.Exchanges) report.ExchangeCompleted(connection, told);
                report.ConnectionEnded(connection);
            }

            report.End(new TracedCapture(new CaptureDiagnosis(new CaptureTotals(), []), ["x.pcap"], IsTruncated: false));
        }

        using var document = JsonDocument.Parse(output.ToArray());
        JsonElement root = document.RootElement;
        Assert.Equal("x.pcap", root.GetProperty("capture").GetProperty("files")[0].GetString());
        JsonElement lesson = root.GetProperty("connections")[0];
        Assert.Equal("127.0.0.1:38438", lesson.GetProperty("client").GetString());
        Assert.Equal("closed", lesson.GetProperty("state").GetString());
        Assert.Equal("server", lesson.GetProperty("closedBy").GetString());
        Assert.Equal(100_000, lesson.GetProperty("handshakeNs").GetInt64());
        Assert.Equal(15, lesson.GetProperty("toServer").GetProperty("streamBytes").GetInt64());
        JsonElement exchange = lesson.GetProperty("exchanges")[0];
        Assert.Equal("Olá, servidor!", exchange.GetProperty("request").GetProperty("text").GetString());
        Assert.Equal(4, exchange.GetProperty("request").GetProperty("packets")[0].GetInt64());
        Assert.Equal(178_000, exchange.GetProperty("serverNs").GetInt64());
        JsonElement refused = root.GetProperty("connections")[1];
        Assert.Equal("refused", refused.GetProperty("state").GetString());
        Assert.False(refused.TryGetProperty("handshakeNs", out _));
        Assert.Equal("1b5b324a00ff", root.GetProperty("connections")[2].GetProperty("exchanges")[0].GetProperty("request")
            .GetProperty("hex").GetString());
    }

    [Fact]
    public void Each_JSON_line_is_an_object_with_a_type()
    {
        using var output = new MemoryStream();
        using (var report = new JsonLinesReport(new FormSettings { Output = output }))
        {
            foreach (Connection connection in Samples.Several())
            {
                foreach (Exchange exchange in connection.Exchanges) report.ExchangeCompleted(connection, exchange);
                report.ConnectionEnded(connection);
            }

            report.End(new TracedCapture(new CaptureDiagnosis(new CaptureTotals(), []), [], IsTruncated: true));
        }

        string[] types = [.. Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.GetProperty("type").GetString()!;
        })];
        Assert.Equal(["exchange", "connection", "connection", "exchange", "connection", "capture"], types);
    }

    [Theory]
    [InlineData("follow.en.txt", false, Language.English)]
    [InlineData("follow-hex.pt.txt", true, Language.Portuguese)]
    public void A_conversation_is_followed(string expected, bool hex, Language language)
    {
        Connection connection = TracedConnection.Lesson();
        using var output = new MemoryStream();
        var follow = new FollowText(output, new TextOptions { Language = language }, connection.Id, hex);
        follow.ConnectionOpened(connection);
        Timestamp at = connection.OpenedAt;
        follow.StreamBytes(connection, Side.Client, 0, "one line\r\nand \u001b[31mhalf"u8, new PacketStamp(4, at));
        follow.StreamBytes(connection, Side.Client, 24, " of C:\\temp\tx\n"u8,
            new PacketStamp(5, new Timestamp(at.Nanoseconds + 1_500_000)));
        follow.StreamBytes(connection, Side.Server, 0, "no line end"u8, new PacketStamp(7, new Timestamp(at.Nanoseconds + 2_000_000)));
        follow.StreamGap(connection, Side.Server, 11, 1460, GapReason.NotCaptured);
        follow.StreamBytes(connection, Side.Server, 1471, [0xff, 0, (byte)'\n'],
            new PacketStamp(9, new Timestamp(at.Nanoseconds + 3_000_000)));
        follow.ConnectionEnded(connection);
        follow.Flush();
        Assert.Equal(1460, follow.MissingBytes);
        Golden.Check(expected, Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Raw_bytes_of_one_side_are_exact_and_missing_ones_counted()
    {
        Connection connection = TracedConnection.Lesson();
        using var output = new MemoryStream();
        var raw = new RawStream(output, connection.Id, Side.Server);
        raw.ConnectionOpened(connection);
        raw.StreamBytes(connection, Side.Client, 0, "no"u8, new PacketStamp(1, default));
        raw.StreamBytes(connection, Side.Server, 0, [0xff, 0, 10], new PacketStamp(2, default));
        raw.StreamGap(connection, Side.Server, 3, 7, GapReason.Unseen);
        raw.StreamGap(connection, Side.Client, 2, 9, GapReason.Unseen);
        Assert.True(raw.Found);
        Assert.Equal(7, raw.MissingBytes);
        Assert.Equal([0xff, 0, 10], output.ToArray());
    }

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(999, "999 ns")]
    [InlineData(1_000, "1.00 µs")]
    [InlineData(9_994, "9.99 µs")]
    [InlineData(9_996, "10.0 µs")]
    [InlineData(999_499, "999 µs")]
    [InlineData(999_500, "1.00 ms")]
    [InlineData(1_234_000_000, "1.23 s")]
    [InlineData(99_949_000_000, "99.9 s")]
    [InlineData(99_950_000_000, "1 min 39 s")]
    [InlineData(7_380_000_000_000, "2 h 03 min")]
    [InlineData(-5_000, "-5.00 µs")]
    public void Durations_have_three_digits(long nanoseconds, string expected) =>
        Assert.Equal(expected, DurationText.Of(nanoseconds, Language.English));

    [Theory]
    [InlineData(9_999, "9999 B")]
    [InlineData(10_240, "10.0 KiB")]
    [InlineData(1_048_575, "1.00 MiB")]
    [InlineData(1_572_864, "1.50 MiB")]
    public void Sizes_are_exact_or_have_three_digits(long bytes, string expected) =>
        Assert.Equal(expected, SizeText.Of(bytes, Language.English));

    [Theory]
    [InlineData("Olá", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("🙂", 2)]
    public void Columns_are_counted_as_a_terminal_does(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));
}
