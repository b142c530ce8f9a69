using Trama.Diagnosis;
using Trama.Packets.Transport;
using Trama.Reports.Findings;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Tests;

public class DiagnosisTextTests
{
    [Theory]
    [InlineData("diagnosis-100.en.txt", 100, Language.English, false)]
    [InlineData("diagnosis-100.pt.txt", 100, Language.Portuguese, false)]
    [InlineData("diagnosis-60.ascii.txt", 60, Language.English, true)]
    public void The_verdict_comes_first_then_like_connections_together_with_their_proof(
        string expected, int width, Language language, bool ascii)
    {
        string text = Draw(Troubled(), new TextOptions { Width = width, Language = language, Ascii = ascii });
        Golden.Check(expected, text);
        Assert.All(text.Split('\n'), line => Assert.InRange(TextWidth.Of(line), 0, width));
        if (ascii) Assert.DoesNotContain(text, character => character > 127);
    }

    [Theory]
    [InlineData("diagnosis-unknown.en.txt", Language.English)]
    [InlineData("diagnosis-unknown.pt.txt", Language.Portuguese)]
    public void What_cannot_be_told_from_here_says_what_would_tell(string expected, Language language) =>
        Golden.Check(expected, Draw(Vanished(), new TextOptions { Language = language }));

    [Fact]
    public void A_healthy_capture_is_a_sentence_with_what_is_worth_knowing_below()
    {
        var notes = new ConnectionDiagnosis(2, Client(40_000), Server)
        {
            Findings = [new Finding(FindingId.HalfClose, Party.None, Severity.Info) { Sender = Side.Client, Packets = [7] }],
        };
        string text = Draw(new CaptureDiagnosis(Totals(2, 30), [notes]) { HealthyConnections = 2 }, new TextOptions());
        Assert.Equal("Nothing went wrong here: 2 connections, 30 packets.\n  half-close, connection 2: The client ended its direction "
            + "and received on; that\n  is allowed.\n", text);
    }

    [Fact]
    public void An_empty_capture_says_what_that_may_mean() =>
        Assert.StartsWith("There is no packet to judge.", Draw(new CaptureDiagnosis(new CaptureTotals(), []), new TextOptions()),
            StringComparison.Ordinal);

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        string plain = Draw(Troubled(), new TextOptions());
        string coloured = Draw(Troubled(), new TextOptions { Colour = true });
        Assert.NotEqual(plain, coloured);
        Assert.Equal(plain.Replace(" ", "", StringComparison.Ordinal),
            System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", "").Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_of_a_running_capture_is_one_line()
    {
        ConnectionDiagnosis refused = Troubled().Connections[0];
        Connection connection = new TracedConnection("10.0.0.1:40001", "10.0.0.2:5000").Connection;
        string line = DiagnosisText.Line(connection, refused.Findings[0], new TextOptions(), TimeZoneInfo.Utc);
        Assert.Equal("22:13:20.000000 1 10.0.0.1:40001 > 10.0.0.2:5000 connection-refused: Nothing listens on this port: the server's "
            + "host answered the SYN with RST.\n", line);
    }

    [Theory]
    [InlineData("1, 2, 5-7", 1, 2, 5, 6, 7)]
    [InlineData("4-9", 4, 5, 6, 7, 8, 9)]
    [InlineData("1, 3, 5, …", 1, 3, 5, 7)]
    public void Runs_of_numbers_are_drawn_together(string expected, params int[] numbers) =>
        Assert.Equal(expected, NumberRanges.Of([.. numbers.Select(number => (long)number)], 3, ascii: false));

    private static Endpoint Server => Troubled().Connections[0].Server;

    private static Endpoint Client(int port) => new TracedConnection($"10.0.0.1:{port}").Connection.Client;

    private static CaptureTotals Totals(long connections, long packets) =>
        new() { Connections = connections, Packets = packets, TcpPackets = packets };

    private static string Draw(CaptureDiagnosis diagnosis, TextOptions options) => DiagnosisText.Draw(diagnosis, options, TimeZoneInfo.Utc);

    // Two refused connections, one with loss and its consequence, one with something worth knowing, two healthy ones.
    internal static CaptureDiagnosis Troubled()
    {
        ConnectionDiagnosis[] connections =
        [
            .. Enumerable.Range(1, 2).Select(id => Refused(id)),
            Lossy(3),
            Diagnosed(4, _ => { }, new Finding(FindingId.EphemeralPortReuse, Party.None, Severity.Info)),
        ];
        return new CaptureDiagnosis(Totals(6, 812), connections)
        {
            Verdict = new Verdict(connections[0].Findings[0], [1, 2]),
            HealthyConnections = 3,
        };
    }

    private static CaptureDiagnosis Vanished()
    {
        ConnectionDiagnosis connection = Diagnosed(
            1,
            traced =>
            {
                traced.Handshake(20_000_000, 100_000);
                traced.Says(Side.Client, "still there?", 5_000_000);
                for (int i = 0; i < 3; i++) traced.Segment(Side.Client, TcpFlags.Psh | TcpFlags.Ack, 220_000_000L << i, 12,
                    SegmentMarks.Retransmission, sequence: 1);
            },
            new Finding(FindingId.PeerVanished, Party.Unknown, Severity.Error)
            {
                Sender = Side.Client,
                Packets = [4, 5, 6, 7],
                Facts = [new Fact(FactName.Count, 3), new Fact(FactName.SumNs, 1_540_000_000)],
            });
        return new CaptureDiagnosis(Totals(1, 7), [connection]) { Verdict = new Verdict(connection.Findings[0], [1]) };
    }

    private static ConnectionDiagnosis Refused(int id) => Diagnosed(
        id,
        traced =>
        {
            traced.Segment(Side.Client, TcpFlags.Syn, 0);
            traced.Segment(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 30_000);
        },
        new Finding(FindingId.ConnectionRefused, Party.Server, Severity.Error) { Confidence = Confidence.Certain, Packets = [1, 2] });

    private static ConnectionDiagnosis Lossy(int id) => Diagnosed(
        id,
        traced =>
        {
            traced.Handshake(20_000_000, 100_000);
            traced.Says(Side.Client, new string('x', 4000), 1_000_000, segments: 3);
            traced.Segment(Side.Server, TcpFlags.Ack, 20_000_000, marks: SegmentMarks.DuplicateAck);
            traced.Segment(Side.Client, TcpFlags.Ack, 200_000, 1333, SegmentMarks.Retransmission | SegmentMarks.FastRetransmission,
                sequence: 1);
        },
        new Finding(FindingId.PacketLoss, Party.Network, Severity.Warning)
        {
            Sender = Side.Client,
            Packets = [.. Enumerable.Range(0, 20).Select(i => 8L + 3 * i)],
            Facts = [new Fact(FactName.Count, 12), new Fact(FactName.Total, 480), new Fact(FactName.FastRetransmissions, 12),
                new Fact(FactName.SumNs, 412_000_000)],
        },
        new Finding(FindingId.SpuriousRetransmission, Party.Network, Severity.Info)
        { Sender = Side.Client, Packets = [8], Facts = [new Fact(FactName.Count, 1)] });

    private static ConnectionDiagnosis Diagnosed(int id, Action<TracedConnection> happened, params Finding[] findings)
    {
        var traced = new TracedConnection($"10.0.0.1:{40_000 + id}", "10.0.0.2:5000", id);
        happened(traced);
        Connection connection = traced.Connection;
        return new ConnectionDiagnosis(id, connection.Client, connection.Server)
        {
            OpenedAt = connection.OpenedAt,
            LastAt = connection.LastAt,
            Findings = findings,
            Excerpt = connection.Segments,
        };
    }
}
