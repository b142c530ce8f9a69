using System.Text.Json;
using System.Xml.Linq;
using Trama.Diagnosis;
using Trama.Packets.Transport;
using Trama.Reports.Forms;
using Trama.Reports.Ladder.Joined;
using Trama.Reports.Page;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;
using Trama.Tracing.Tests.Joining;

namespace Trama.Reports.Tests.Joined;

public class JoinedLadderTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const long Ms = 1_000_000;

    [Theory]
    [InlineData("joined-80.en.txt", 80, Language.English, false)]
    [InlineData("joined-100.pt.txt", 100, Language.Portuguese, false)]
    [InlineData("joined-80.ascii.txt", 80, Language.English, true)]
    public void Every_fate_of_a_segment_is_drawn(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(Troubled(), new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(300)]
    public void No_line_is_wider_than_the_width(int width)
    {
        foreach (bool ascii in (bool[])[false, true])
        {
            string text = Draw(Busy(), new TextOptions { Width = width, Ascii = ascii });
            Assert.All(text.Split('\n'), line => Assert.InRange(TextWidth.Of(line), 0, Math.Max(width, 60)));
            if (ascii) Assert.True(System.Text.Ascii.IsValid(text));
        }
    }

    [Fact]
    public void The_packets_that_prove_something_are_marked_at_the_end_where_they_were_seen()
    {
        JoinedCapture captures = Troubled();
        Finding[] findings =
        [
            new(FindingId.PacketLoss, Party.Network, Severity.Warning) { Packets = [4, 5], SeenAt = Side.Client },
            new(FindingId.Duplication, Party.Network, Severity.Info) { Packets = [7], SeenAt = Side.Server },
        ];
        var ladder = JoinedLadder.Of(captures, captures.Connections[0], findings: findings);
        Assert.Equal([(Side.Client, 4L), (Side.Client, 5L), (Side.Server, 7L)],
            ladder.Rows.Where(row => row.Findings.Count > 0).Select(row => (row.End, row.Segment!.Value.Packet)).Order());
        string[] lines = JoinedTextLadder.Draw(ladder, new TextOptions()).Split('\n');
        Assert.Single(lines, line => line.Contains(" 4◆", StringComparison.Ordinal));
        Assert.Single(lines, line => line.EndsWith("◆ 7", StringComparison.Ordinal));
        Assert.Contains("◆ packet-loss", JoinedSvgLadder.Draw(ladder, Language.English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FindingId.MiddleboxReset, "the server never sent this")]
    [InlineData(FindingId.TranslationLost, "its address was rewritten on the way")]
    public void A_RST_that_left_under_another_address_was_sent(FindingId found, string words)
    {
        JoinedCapture captures = Troubled();
        Finding[] findings = [new(found, Party.Network, Severity.Error) { Packets = [4], SeenAt = Side.Client }];
        var ladder = JoinedLadder.Of(captures, captures.Connections[0], findings: findings);
        Assert.Contains(words, JoinedTextLadder.Draw(ladder, new TextOptions { Width = 120 }), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_burst_too_every_arrow_leaves_before_it_arrives()
    {
        JoinedCapture captures = Busy();
        var ladder = JoinedLadder.Of(captures, captures.Connections[0]);
        Assert.All(ladder.Arrows, arrow => Assert.True(arrow.ArrivesIn > arrow.LeavesIn));
        Assert.Equal(ladder.Arrows.Count * 2, ladder.Rows.Count(row => row.Segment is not null));
    }

    [Fact]
    public void What_only_one_capture_has_is_drawn_as_lost()
    {
        var hosts = new TwoHosts();
        hosts.Send(Side.Client, 0, null, TcpFlags.Syn, 1000, 0);
        hosts.Send(Side.Client, 1000 * Ms, null, TcpFlags.Syn, 1000, 0);
        string text = Draw(hosts.Join(), new TextOptions());
        Assert.Equal(2, text.Split('✗').Length - 1);
        Assert.Contains("nothing of it in the server's capture", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Portuguese)]
    public void The_picture_has_a_head_for_each_arrival_and_a_cross_for_each_loss(Language language)
    {
        JoinedCapture captures = Troubled();
        var ladder = JoinedLadder.Of(captures, captures.Connections[0]);
        XElement svg = XDocument.Parse(JoinedSvgLadder.Draw(ladder, language)).Root!;
        XElement[] paths = [.. svg.Elements().Where(element => element.Name.LocalName == "path")];
        Assert.Equal(ladder.Arrows.Count(arrow => arrow.ArrivesIn >= 0), paths.Count(path => path.Attribute("marker-end") is not null));
        Assert.Equal(ladder.Arrows.Count(arrow => arrow.Segment.Fate == SegmentFate.Lost),
            paths.Count(path => path.Attribute("class")!.Value == "x"));
        Assert.Single(paths, path => path.Attribute("class")!.Value == "hb");
        Assert.Single(svg.Elements(), element => element.Name.LocalName == "circle");
    }

    [Fact]
    public void A_page_of_two_captures_shows_the_ladder_of_both()
    {
        JoinedCapture captures = Troubled();
        using var output = new MemoryStream();
        IForm form = new HtmlForm(new FormSettings { Output = output });
        form.Show(captures, captures.Connections, new TracedCapture(new CaptureDiagnosis(captures.Totals, []), ["a", "b"],
            IsTruncated: false));
        JsonElement drawn = new ReportText(System.Text.Encoding.UTF8.GetString(output.ToArray())).Drawn[1];
        Assert.True(drawn.GetProperty("connection").GetProperty("joined").GetBoolean());
        JsonElement[] arrows = [.. drawn.GetProperty("ladder")[0].GetProperty("rows").EnumerateArray()
            .SelectMany(row => row.TryGetProperty("arrows", out JsonElement of) ? of.EnumerateArray() : [])];
        foreach (string fate in (string[])["lost", "duplicated", "forged"])
            Assert.Contains(arrows, arrow => arrow.TryGetProperty("fate", out JsonElement told) && told.GetString() == fate);
        Assert.Contains(arrows, arrow => arrow.GetProperty("arrives").GetInt32() > arrow.GetProperty("leaves").GetInt32() + 1);
    }

    private static string Draw(JoinedCapture captures, TextOptions options) =>
        JoinedTextLadder.Draw(JoinedLadder.Of(captures, captures.Connections[0]), options);

    // A loss and its retransmission, an overtaken segment, a copy, a late reply, and a RST that nobody sent.
    private static JoinedCapture Troubled()
    {
        var hosts = new TwoHosts { AheadNs = 7_200_000 * Ms };
        hosts.Handshake(10 * Ms);
        hosts.Send(Side.Client, 31 * Ms, null, Data, 1001, 5001, 40);
        hosts.Send(Side.Client, 231 * Ms, 10 * Ms, Data, 1001, 5001, 40);
        hosts.Send(Side.Server, 241 * Ms + 30_000, 10 * Ms, TcpFlags.Ack, 5001, 1041);
        hosts.Send(Side.Server, 250 * Ms, 15 * Ms, Data, 5001, 1041, 100);
        hosts.Send(Side.Server, 250 * Ms + 20_000, 10 * Ms, Data, 5101, 1041, 30, copies: 2);
        hosts.Send(Side.Client, 265 * Ms + 10_000, 10 * Ms, TcpFlags.Ack, 1041, 5131);
        hosts.Send(Side.Server, 280 * Ms, 10 * Ms, TcpFlags.Rst | TcpFlags.Ack, 5131, 1041, leaves: false);
        hosts.Send(Side.Client, 291 * Ms, 10 * Ms, TcpFlags.Ack, 1041, 5131);
        return hosts.Join();
    }

    // More under way at a time than there is room for.
    private static JoinedCapture Busy()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(10 * Ms);
        for (int i = 0; i < 30; i++)
        {
            hosts.Send(Side.Client, 31 * Ms + i * 10_000, 10 * Ms, Data, 1001 + (uint)i * 1000, 5001, 1000);
            hosts.Send(Side.Server, 42 * Ms + i * 10_000, 10 * Ms, TcpFlags.Ack, 5001, 2001 + (uint)i * 1000);
        }

        return hosts.Join();
    }
}
