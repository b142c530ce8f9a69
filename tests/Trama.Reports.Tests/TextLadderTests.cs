using Trama.Packets.Transport;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Text;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class TextLadderTests
{
    [Theory]
    [InlineData("lesson-80.en.txt", 80, Language.English, false)]
    [InlineData("lesson-80.pt.txt", 80, Language.Portuguese, false)]
    [InlineData("lesson-120.en.txt", 120, Language.English, false)]
    [InlineData("lesson-80.ascii.txt", 80, Language.English, true)]
    [InlineData("lesson-60.en.txt", 20, Language.English, false)]
    public void The_lesson_is_drawn(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(TracedConnection.Lesson(), new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData("troubled-80.en.txt", 80, Language.English, false)]
    [InlineData("troubled-80.pt.txt", 80, Language.Portuguese, false)]
    [InlineData("troubled-120.ascii.txt", 120, Language.English, true)]
    public void Pauses_losses_and_a_reset_are_marked(string expected, int width, Language language, bool ascii) =>
        Golden.Check(expected, Draw(Troubled(), new TextOptions { Width = width, Language = language, Ascii = ascii }));

    [Theory]
    [InlineData(60, false)]
    [InlineData(80, true)]
    [InlineData(97, false)]
    [InlineData(120, true)]
    [InlineData(500, false)]
    public void No_line_is_wider_than_the_width(int width, bool ascii)
    {
        foreach (Connection connection in (Connection[])[TracedConnection.Lesson(), Troubled()])
        {
            string text = Draw(connection, new TextOptions { Width = width, Ascii = ascii });
            Assert.All(text.Split('\n'), line => Assert.InRange(TextWidth.Of(line), 0, width));
            if (ascii) Assert.True(System.Text.Ascii.IsValid(text));
        }
    }

    [Fact]
    public void Colour_adds_sequences_and_nothing_else()
    {
        string plain = Draw(Troubled(), new TextOptions());
        string coloured = Draw(Troubled(), new TextOptions { Colour = true });
        Assert.Contains("\e[1;36m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Each_state_has_its_last_line()
    {
        foreach (Language language in Enum.GetValues<Language>())
        {
            var lines = new HashSet<string>();
            foreach (ConnectionState state in Enum.GetValues<ConnectionState>())
            {
                Connection connection = TracedConnection.Lesson();
                connection.State = state;
                Assert.True(lines.Add(new LadderWords(language).End(connection)));
            }
        }
    }

    private static string Draw(Connection connection, TextOptions options) => TextLadder.Draw(ConnectionLadder.Of(connection), options);

    /// <summary>A message in several segments with a retransmission, a pause, an unseen segment, a hostile text and a reset.</summary>
    private static Connection Troubled()
    {
        var traced = new TracedConnection("[2001:db8:1234:5678:9abc:def0:1234:5678]:49152", "[2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:8080");
        traced.Handshake(20_000_000, 200_000);
        Message request = traced.Says(Side.Client, new string('x', 4000), 100_000, segments: 3, kind: "POST /upload");
        traced.Segment(Side.Server, TcpFlags.Ack, 20_000_000, marks: SegmentMarks.DuplicateAck);
        traced.Segment(Side.Client, TcpFlags.Ack | TcpFlags.Psh, 320_000_000, 1334, SegmentMarks.Retransmission, sequence: 1334);
        traced.Segment(Side.Server, TcpFlags.Ack, 20_000_000, marks: SegmentMarks.ZeroWindow);
        Message reply = traced.Says(Side.Server, "HTTP/1.1 200 OK\r\n\r\n\u001b[2Jgone", 2_500_000_000, kind: null);
        traced.Exchange(request, reply, serverNs: 2_480_000_000, networkNs: 20_000_000);
        traced.Segment(Side.Client, TcpFlags.Ack, 100_000, marks: SegmentMarks.AckOfUnseen);
        traced.Segment(Side.Server, TcpFlags.Ack, 300_000, 500, SegmentMarks.Gap);
        traced.Segment(Side.Client, TcpFlags.Rst | TcpFlags.Ack, 100_000);
        traced.Connection.OmittedSegments = 3;
        (traced.Connection.State, traced.Connection.ClosedBy) = (ConnectionState.Reset, Side.Client);
        return traced.Connection;
    }
}
