using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Trama.Diagnosis;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Page;
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
        ReportText page = Page(traced.Connection);
        Assert.DoesNotContain("<script>alert", page.Whole, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>&\\x01]]>", page.Message(1, 1, 0).GetProperty("text").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_one_file_that_lets_nothing_run_but_its_own_script()
    {
        ReportText page = Page([.. Samples.Several(), Samples.Troubled(4)]);
        Assert.Equal([1, 2, 3, 4], page.Drawn.Keys.Order());
        string[] scripts = [.. page.Scripts];
        Assert.Single(scripts);
        Assert.DoesNotContain("<!--", scripts[0], StringComparison.Ordinal);
        Assert.Contains($"script-src 'sha256-{Hash(scripts[0])}'", page.Whole, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"", page.Whole, StringComparison.Ordinal);
        Assert.Contains(page.Drawn[4].GetProperty("ladder")[0].GetProperty("rows").EnumerateArray(),
            row => row.TryGetProperty("again", out _));
    }

    [Theory]
    [InlineData(Language.English, "100 of 105 connections are drawn; choose with --connection, --between T1..T2")]
    [InlineData(Language.Portuguese, "100 de 105 conexões estão desenhadas; escolha com --connection, --between T1..T2")]
    public void Connections_beyond_the_limit_are_listed_and_not_drawn(Language language, string told)
    {
        ReportText page = Page(language, [.. Enumerable.Range(1, 105).Select(id => Samples.Troubled(id))]);
        Assert.Equal(FormBounds.Connections, page.Drawn.Count);
        Assert.Equal(105, page.Rows("connections").Count());
        Assert.Equal([told], page.Notes);
    }

    [Fact]
    public void A_list_of_connections_ends_and_says_so()
    {
        ReportText page = Page(Language.English, [.. Enumerable.Range(1, FormBounds.Listed + 1).Select(id => Samples.Troubled(id))]);
        Assert.Equal(FormBounds.Listed, page.Rows("connections").Count());
        Assert.Equal(["100 of 10,001 connections are drawn, and 10,000 listed; choose with --connection, --between T1..T2"], page.Notes);
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
        JsonElement drawn = Page(language, traced.Connection).Drawn[1];
        Assert.Equal(told, drawn.GetProperty("connection").GetProperty("drawn").GetString());
        Assert.Equal(500, drawn.GetProperty("messages").EnumerateObject().Count());
    }

    [Fact]
    public void A_page_is_bounded_however_much_there_is_to_draw()
    {
        Connection[] many = [.. Enumerable.Range(1, 40).Select(Talkative)];
        ReportText page = Page(many);
        Assert.InRange(page.Whole.Length, 1, FormBounds.PageBytes + 4 * FormBounds.PageConnectionBytes);
        Assert.All(page.Drawn.Values, drawn => Assert.NotEmpty(drawn.GetProperty("messages").EnumerateObject()));
        Assert.Contains(page.Drawn.Values, drawn => drawn.GetProperty("messages").EnumerateObject().Count() < 400);
        Assert.Equal([$"{page.Drawn.Count} of 40 connections are drawn; choose with --connection, --between T1..T2"], page.Notes);

        static Connection Talkative(int id)
        {
            var traced = new TracedConnection(id: id);
            traced.Handshake(1000, 1000);
            string text = new('<', 256);
            for (int i = 0; i < 400; i++) traced.Exchange(traced.Says(Side.Client, text, 1000), traced.Says(Side.Server, text, 1000), 1000);
            return traced.Connection;
        }
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static ReportText Page(params Connection[] connections) => Page(Language.English, connections);

    private static ReportText Page(Language language, params Connection[] connections)
    {
        using var output = new MemoryStream();
        var form = new HtmlForm(new FormSettings { Output = output, Text = new TextOptions { Language = language } });
        foreach (Connection connection in connections)
        {
            foreach (Exchange exchange in connection.Exchanges) form.ExchangeCompleted(connection, exchange);
            form.ConnectionEnded(connection);
        }

        form.End(new TracedCapture(new CaptureDiagnosis(new CaptureTotals(), []), ["<a>.pcap"], IsTruncated: false));
        return new ReportText(Encoding.UTF8.GetString(output.ToArray()));
    }
}
