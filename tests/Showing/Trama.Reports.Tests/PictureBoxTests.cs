using System.Xml.Linq;
using Trama.Framing;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Svg;
using Trama.Reports.Tests.Fuzz;
using Trama.Tracing;

namespace Trama.Reports.Tests;

/// <summary>In no picture a label collides with another one, or with an arrow.</summary>
public class PictureBoxTests
{
    private const double LadderFont = 13;

    [Fact]
    public void No_label_of_any_capture_is_struck_through_or_cut_off()
    {
        (SpoiledCapture[] alone, (SpoiledCapture, SpoiledCapture)[] pairs) = CaptureSeeds.Read();
        int pictures = 0, next = 0;
        foreach (SpoiledCapture capture in alone) Look(shown => shown.Show(capture));
        foreach ((SpoiledCapture client, SpoiledCapture server) in pairs) Look(shown => shown.Show(client, server));
        Assert.True(pictures > 1000);

        void Look(Func<ShownCapture, string> show)
        {
            Language language = (Language)(next++ & 1);
            var shown = new ShownCapture(typeof(EveryPicture), FramingRule.Auto, language, Ascii: false, Diagnoses: true, Between: null);
            foreach (XElement picture in XElement.Parse($"<all>{show(shown)}</all>").Elements())
            {
                pictures++;
                string? collision = new PictureBoxes(picture, LadderFont).Collision();
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
}
