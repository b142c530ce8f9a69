using System.Xml;
using System.Xml.Linq;
using Trama.Diagnosis;
using Trama.Reports.Forms;
using Trama.Reports.Html;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
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
            Assert.Equal(ladder.Rows.Count(row => row.Kind is LadderRowKind.Segment or LadderRowKind.Message or LadderRowKind.Unseen),
                heads);
        }
    }

    [Fact]
    public void What_a_peer_says_is_text_and_never_markup()
    {
        var traced = new TracedConnection();
        traced.Handshake(1000, 1000);
        traced.Exchange(traced.Says(Tracing.Side.Client, "<script>alert(1)</script>&\u0001]]>", 1000), null);
        XDocument picture = XDocument.Parse(SvgLadder.Draw(ConnectionLadder.Of(traced.Connection), Language.English));
        Assert.Contains(picture.Descendants(Svg + "text"), text =>
            text.Value.Contains("“<script>alert(1)</script>&\\x01]]>”", StringComparison.Ordinal));
        XDocument page = Page(traced.Connection);
        Assert.Contains(page.Descendants("pre"), text => text.Value == "<script>alert(1)</script>&\\x01]]>");
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
        string plot = SequencePlot.Draw(traced.Connection, Tracing.Side.Client, "", Language.English)!.ToString()!;
        XElement[] paths = [.. XDocument.Parse(plot).Root!.Elements().Where(path => path.Attribute("class")?.Value is "c" or "again")];
        Assert.Equal(("again", 51), (paths[^1].Attribute("class")!.Value, paths.Length));
        double[] ends = [.. paths[^1].Attribute("d")!.Value.Split(' ', 'V')[1..].Select(
            end => double.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(ends[0] - ends[1], 3, 4);
        Assert.Contains(">0</text>", plot, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Language.English, "100 of 105 connections are drawn; choose with --connection, --between T1..T2")]
    [InlineData(Language.Portuguese, "100 de 105 conexões estão desenhadas; escolha com --connection, --between T1..T2")]
    public void Connections_beyond_the_limit_are_listed_and_not_drawn(Language language, string told)
    {
        XDocument page = Page(language, [.. Enumerable.Range(0, 35).SelectMany(_ => Samples.Several())]);
        Assert.Equal(FormBounds.Connections, page.Descendants("section").Count());
        Assert.Equal(105, page.Descendants("table").First().Elements("tr").Count() - 1);
        Assert.Contains(page.Descendants("p"), paragraph => paragraph.Value == told);
    }

    [Fact]
    public void A_list_of_connections_ends_and_says_so()
    {
        Connection[] few = [.. Samples.Several()];
        XDocument page = Page(Language.English, [.. Enumerable.Range(0, FormBounds.Listed + 1).Select(i => few[i % 3])]);
        Assert.Equal(FormBounds.Listed, page.Descendants("table").First().Elements("tr").Count() - 1);
        Assert.Contains(page.Descendants("p"), paragraph =>
            paragraph.Value == "100 of 10,001 connections are drawn, and 10,000 listed; choose with --connection, --between T1..T2");
    }

    [Theory]
    [InlineData(Language.English, "the first 500 of 800 exchanges are drawn; choose with --connection, --between T1..T2")]
    [InlineData(Language.Portuguese, "as primeiras 500 de 800 trocas estão desenhadas; escolha com --connection, --between T1..T2")]
    public void Exchanges_beyond_the_limit_are_counted_in_every_drawing(Language language, string told)
    {
        var traced = new TracedConnection(exchanges: FormBounds.Exchanges);
        traced.Handshake(1000, 1000);
        for (int i = 0; i < 800; i++) traced.Exchange(traced.Says(Side.Client, $"ask {i}", 1000),
            traced.Says(Side.Server, $"answer {i}", 1000), 1000);
        traced.Connection.OmittedExchanges = 300;
        var ladder = ConnectionLadder.Of(traced.Connection);
        Assert.Equal(1000, ladder.Rows.Count(row => row.Kind == LadderRowKind.Message));
        Assert.Equal(600, ladder.Rows.Single(row => row.Kind == LadderRowKind.Omitted).Omitted);
        Assert.Contains(told, SvgLadder.Draw(ladder, language), StringComparison.Ordinal);
        Assert.Contains(told.Split(';')[0], TextLadder.Draw(ladder, new TextOptions { Language = language, Width = 120 }),
            StringComparison.Ordinal);
        XDocument page = Page(language, traced.Connection);
        Assert.Contains(page.Descendants("p"), paragraph => paragraph.Value == told);
        Assert.Equal(500, page.Descendants("table").Last().Elements("tr").Count() - 1);
    }

    private static XDocument Page(params Connection[] connections) => Page(Language.English, connections);

    private static XDocument Page(Language language, params Connection[] connections)
    {
        using var output = new MemoryStream();
        var form = new HtmlForm(new FormSettings { Output = output, Text = new TextOptions { Language = language } });
        foreach (Connection connection in connections) form.ConnectionEnded(connection);
        form.End(new TracedCapture(new CaptureDiagnosis(new CaptureTotals(), []), ["<a>.pcap"], IsTruncated: false));
        return Parse(output);
    }

    private static XDocument Parse(MemoryStream page)
    {
        page.Position = 0;
        using var reader = XmlReader.Create(page, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
