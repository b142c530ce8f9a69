using System.Xml;
using System.Xml.Linq;
using Trama.Diagnosis;
using Trama.Reports.Html;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Svg;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.Portuguese)]
    public void The_picture_has_an_arrow_for_each_segment_and_message(Language language)
    {
        foreach (Connection connection in Samples.Several().Append(Samples.Troubled()))
        {
            var ladder = ConnectionLadder.Of(connection);
            XElement svg = XDocument.Parse(SvgLadder.Draw(ladder, language)).Root!;
            int heads = svg.Descendants(Svg + "path").Count(path => path.Attribute("class")!.Value is "hc" or "hs" or "hb");
            Assert.Equal(ladder.Rows.Count(row => row.Kind is LadderRowKind.Segment or LadderRowKind.Message or LadderRowKind.Unseen), heads);
        }
    }

    [Fact]
    public void What_a_peer_says_is_text_and_never_markup()
    {
        var traced = new TracedConnection();
        traced.Handshake(1000, 1000);
        traced.Exchange(traced.Says(Tracing.Side.Client, "<script>alert(1)</script>&\u0001]]>", 1000), null);
        XDocument picture = XDocument.Parse(SvgLadder.Draw(ConnectionLadder.Of(traced.Connection), Language.English));
        Assert.Contains(picture.Descendants(Svg + "text"), text => text.Value.Contains("“<script>alert(1)</script>&\\u{1}]]>”", StringComparison.Ordinal));
        XDocument page = Page(traced.Connection);
        Assert.Contains(page.Descendants("pre"), text => text.Value == "<script>alert(1)</script>&\\u{1}]]>");
        Assert.Empty(page.Descendants("script"));
    }

    [Fact]
    public void The_page_is_well_formed_and_asks_nothing_of_the_network()
    {
        XDocument page = Page([.. Samples.Several(), Samples.Troubled(4)]);
        Assert.Equal(4, page.Descendants("section").Count());
        Assert.Equal(["c1", "c2", "c3", "c4"], page.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.Contains(page.Descendants(), element => element.Attribute("class")?.Value == "again");
        Assert.DoesNotContain(page.Descendants(), element => element.Attribute("src") is not null
            || element.Attribute("href") is { } link && link.Value[0] != '#');
    }

    [Fact]
    public void A_small_segment_sent_again_is_seen_in_front_of_many_bytes()
    {
        var traced = new TracedConnection();
        traced.Handshake(1000, 1000);
        for (int i = 0; i < 50; i++) traced.Segment(Tracing.Side.Client, Packets.Transport.TcpFlags.Ack, 1000, length: 60_000);
        traced.Segment(Tracing.Side.Client, Packets.Transport.TcpFlags.Ack, 1000, length: 10, SegmentMarks.Retransmission, sequence: 1);
        string plot = SequencePlot.Draw(traced.Connection, Tracing.Side.Client, "")!.ToString()!;
        XElement[] paths = [.. XDocument.Parse(plot).Root!.Elements().Where(path => path.Attribute("class")?.Value is "c" or "again")];
        Assert.Equal(("again", 51), (paths[^1].Attribute("class")!.Value, paths.Length));
        double[] ends = [.. paths[^1].Attribute("d")!.Value.Split(' ', 'V')[1..].Select(end => double.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(ends[0] - ends[1], 3, 4);
        Assert.Contains(">0</text>", plot, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_beyond_the_limit_are_listed_and_not_drawn()
    {
        using var output = new MemoryStream();
        new HtmlReport(Language.Portuguese, drawn: 1).Write(output, Samples.Several(), new CaptureDiagnosis(new CaptureTotals(), []), ["a.pcap"]);
        XDocument page = Parse(output);
        Assert.Single(page.Descendants("section"));
        Assert.Equal(3, page.Descendants("table").First().Elements("tr").Count() - 1);
    }

    private static XDocument Page(params Connection[] connections)
    {
        using var output = new MemoryStream();
        new HtmlReport(Language.English).Write(output, connections, new CaptureDiagnosis(new CaptureTotals(), []), ["<a>.pcap"]);
        return Parse(output);
    }

    private static XDocument Parse(MemoryStream page)
    {
        page.Position = 0;
        using var reader = XmlReader.Create(page, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
