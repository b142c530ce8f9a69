using System.Xml;
using System.Xml.Linq;
using Trama.Framing;
using Trama.Reports.Forms;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Tests.Fuzz;
using Trama.Tracing;

namespace Trama.Reports.Tests;

/// <summary>In no picture a label collides with another one, or with an arrow.</summary>
public class PictureBoxTests
{
    private const double LadderFont = 13, PlotFont = 11;

    [Fact]
    public void No_label_of_any_capture_is_struck_through_or_cut_off()
    {
        (SpoiledCapture[] alone, (SpoiledCapture, SpoiledCapture)[] pairs) = CaptureSeeds.Read();
        int pictures = 0, next = 0;
        foreach (SpoiledCapture capture in alone) Look(typeof(HtmlForm), shown => shown.Show(capture));
        foreach ((SpoiledCapture client, SpoiledCapture server) in pairs)
        {
            Look(typeof(SvgForm), shown => shown.Show(client, server));
            Look(typeof(HtmlForm), shown => shown.Show(client, server));
        }

        Assert.True(pictures > 1000);

        void Look(Type form, Func<ShownCapture, string> show)
        {
            var shown = new ShownCapture(form, FramingRule.Auto, (Language)(next++ & 1), Ascii: false, Diagnoses: true, Between: null);
            foreach (XElement picture in Pictures(show(shown)))
            {
                pictures++;
                bool isPlot = picture.Attribute("class")!.Value == "plot";
                string? collision = new PictureBoxes(picture, isPlot ? PlotFont : LadderFont).Collision();
                Assert.True(collision is null, $"{shown}: {collision}");
            }
        }
    }

    [Fact]
    public void Long_times_and_large_packet_numbers_have_room()
    {
        var traced = new TracedConnection(
            "[2001:db8:1234:5678:9abc:def0:1234:5678]:49152", "[2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:8080");
        traced.SkipPackets(123_456_789);
        traced.Handshake(1000, 1000);
        traced.Says(Side.Client, "late", 400_000_000_000_000);
        XElement picture = XElement.Parse(SvgLadder.Draw(ConnectionLadder.Of(traced.Connection), Language.English));
        Assert.Null(new PictureBoxes(picture, LadderFont).Collision());
    }

    private static IEnumerable<XElement> Pictures(string text)
    {
        if (text.Length == 0) return [];
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return [.. XDocument.Load(reader).Descendants().Where(element => element.Name.LocalName == "svg")];
    }
}
