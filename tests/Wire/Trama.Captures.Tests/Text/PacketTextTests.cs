using System.Globalization;
using System.Text;
using CsCheck;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Captures.Tests.Text;

/// <summary>Packets out of text. What is read from tcpdump's lines and dumps of a capture is what the capture itself tells.</summary>
public class PacketTextTests
{
    private const string Lines = """
        Hello support, our server hangs. This is what I see:

        23:00:00.100000 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 1000, win 64240, options [mss 1460,sackOK,TS val 7 ecr 0,nop,wscale 7], length 0
        23:00:00.100200 IP 10.0.0.2.80 > 10.0.0.1.40000: Flags [S.], seq 5000, ack 1001, win 65160, options [mss 1460], length 0
        23:00:00.100300 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [.], ack 1, win 502, length 0
        23:00:00.100400 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 1:101, ack 1, win 502, length 100: HTTP: GET / HTTP/1.1, length 7
        23:00:00.100500 IP 10.0.0.2.53 > 10.0.0.1.4000: 1234 1/0/0 A 192.0.2.1 (44)
        23:00:00.300000 IP 10.0.0.2.80 > 10.0.0.1.40000: Flags [.], ack 101, win 501, options [nop,nop,sack 1 {201:301}], length 0
        00:00:01.000000 IP 10.0.0.2.80 > 10.0.0.1.40000: Flags [F.], seq 1, ack 101, win 501, length 0
        """;

    [Fact]
    public void Pasted_lines_are_segments_whose_payload_was_not_captured()
    {
        List<KeptRecord> records = KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Lines), out CaptureEnd end);
        Assert.True(end.IsComplete);
        Assert.Equal(
            [
                "10.0.0.1:40000 > 10.0.0.2:80 Syn 1000 0 0/0 82800.1",
                "10.0.0.2:80 > 10.0.0.1:40000 Syn, Ack 5000 1001 0/0 82800.1002",
                "10.0.0.1:40000 > 10.0.0.2:80 Ack 1001 5001 0/0 82800.1003",
                "10.0.0.1:40000 > 10.0.0.2:80 Psh, Ack 1001 5001 0/100 82800.1004",
                "10.0.0.2:80 > 10.0.0.1:40000 Ack 5001 1101 0/0 82800.3",
                "10.0.0.2:80 > 10.0.0.1:40000 Fin, Ack 5001 1101 0/0 86401",
            ],
            Describe(records));
        SegmentIn(records[0], out TcpSegment syn);
        Assert.Equal("020405b40402080a000000070000000003030701", Convert.ToHexStringLower(syn.Options));
        SegmentIn(records[4], out TcpSegment acknowledgement);
        Assert.Equal("050a000004b100000515", Convert.ToHexStringLower(acknowledgement.Options)[..20]);
    }

    [Theory]
    [InlineData("IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], seq 3000000000:3000000010, ack 4000000000, win 1, length 10",
        3000000000, 4000000000)]
    [InlineData("    10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], cksum 0x1 (correct), seq 1:11, ack 1, win 1, length 10", (1 << 30) + 1,
        (1 << 30) + 1)]
    [InlineData("2024-01-02 03:04:05.678901 eth0  Out IP 10.0.0.1.5000 > 10.0.0.2.http: Flags [P.], seq 3000000000:3000000010, ack "
        + "4000000000, win 1, length 10", 3000000000, 4000000000)]
    [InlineData(" 12  1700000000.5 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 64: 10.0.0.1.5000 > "
        + "10.0.0.2.80: Flags [P.], seq 3000000000:3000000010, ack 4000000000, win 1, length 10", 3000000000, 4000000000)]
    public void Every_form_of_a_line_is_read(string line, uint sequence, uint acknowledgement)
    {
        KeptRecord record = Assert.Single(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(line), out _));
        SegmentIn(record, out TcpSegment segment);
        Assert.Equal(("10.0.0.1:5000", "10.0.0.2:80"), (segment.Source.ToString(), segment.Destination.ToString()));
        Assert.Equal((sequence, acknowledgement, 10), (segment.Sequence.Value, segment.Acknowledgement.Value, segment.PayloadLength));
    }

    [Fact]
    public void Absolute_numbers_stay_and_names_stand_for_addresses()
    {
        const string Text = """
            IP client.example.com.5000 > localhost.ssh: Flags [S], seq 900, win 1, length 0
            IP localhost.ssh > client.example.com.5000: Flags [S.], seq 3000000000, ack 901, win 1, length 0
            IP client.example.com.5000 > localhost.ssh: Flags [P.], seq 901:911, ack 3000000001, win 1, length 10
            """;
        Assert.Equal(
            ["198.18.0.3:5000 > 127.0.0.1:22 Syn 900 0 0/0", "127.0.0.1:22 > 198.18.0.3:5000 Syn, Ack 3000000000 901 0/0",
                "198.18.0.3:5000 > 127.0.0.1:22 Psh, Ack 901 3000000001 0/10"],
            Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Text), out _)).Select(line => line[..line.LastIndexOf(' ')]));
    }

    [Fact]
    public void Lines_of_tcpdump_before_version_4_are_read()
    {
        const string Text = """
            12:00:00.000001 10.0.0.1.1025 > 10.0.0.2.80: S 3000:3000(0) win 5840 <mss 1460,nop,nop,timestamp 7 9>
            12:00:00.000002 10.0.0.2.80 > 10.0.0.1.1025: S 9000000000:9000000000(0) ack 3001 win 5792
            12:00:00.000003 IP 10.0.0.2.80 > 10.0.0.1.1025: S 900000000:900000000(0) ack 3001 win 5792 <mss 1460>
            12:00:00.000004 10.0.0.1.1025 > 10.0.0.2.80: . ack 1 win 5840
            12:00:00.000005 10.0.0.1.1025 > 10.0.0.2.80: P 1:100(99) ack 1 win 5840 (DF)
            12:00:00.000006 10.0.0.2.53 > 10.0.0.1.1025: 1234 NXDomain 0/1/0 (99)
            12:00:00.000007 10.0.0.2.80 > 10.0.0.1.1025: R 1:1(0) win 0
            """;
        List<KeptRecord> records = KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Text), out _);
        SegmentIn(records[0], out TcpSegment syn);
        Assert.Equal("020405b4080a0000000700000009", Convert.ToHexStringLower(syn.Options)[..28]);
        Assert.Equal(
            [
                "10.0.0.1:1025 > 10.0.0.2:80 Syn 3000 0 0/0", "10.0.0.2:80 > 10.0.0.1:1025 Syn, Ack 900000000 3001 0/0",
                "10.0.0.1:1025 > 10.0.0.2:80 Ack 3001 900000001 0/0", "10.0.0.1:1025 > 10.0.0.2:80 Psh, Ack 3001 900000001 0/99",
                "10.0.0.2:80 > 10.0.0.1:1025 Rst 900000001 0 0/0",
            ],
            Describe(records).Select(line => line[..line.LastIndexOf(' ')])
                .Where(line => !line.Contains("Syn, Ack 1073741825", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("tcpdump", "-n", "-x")]
    [InlineData("tcpdump", "-n", "-X", "-tttt")]
    [InlineData("tcpdump", "-n", "-XX", "-e")]
    [InlineData("tcpdump", "-n", "-S", "-v", "-X")]
    [InlineData("tshark", "-n", "-x")]
    [InlineData("tshark", "-n", "-x", "-P")]
    public void A_hex_dump_gives_back_the_packets(string tool, params string[] options)
    {
        string capture = Path.Combine(TestData.Root, "tests", "Wire", "Trama.Captures.Tests", "captures", "lesson.pcap");
        List<KeptRecord> expected = KeptRecord.ReadAll(File.ReadAllBytes(capture), out _);
        byte[] text = Tool.Run(tool, [.. options, "-r", capture]);
        List<KeptRecord> records = KeptRecord.ReadAll(text, out CaptureEnd end);
        Assert.True(end.IsComplete);
        Assert.Equal(
            Describe(expected).Select(line => line[..line.LastIndexOf(' ')]), Describe(records)
                .Select(line => line[..line.LastIndexOf(' ')]));
        foreach ((KeptRecord one, KeptRecord other) in expected.Zip(records))
        {
            SegmentIn(one, out TcpSegment segment);
            SegmentIn(other, out TcpSegment read);
            Assert.Equal(segment.Payload, read.Payload);
        }
    }

    [Fact]
    public void Text_without_packets_is_no_capture()
    {
        KeptRecord.ReadAll("Dear all,\n\nthe packets are > 1500: Flags [?] nothing\n0000 is a number\n"u8.ToArray(), out CaptureEnd end);
        Assert.Equal(CaptureFault.UnknownFormat, end.Fault);
    }

    [Fact]
    public void Any_text_ends() =>
        Gen.Select(Gen.Int[0, Lines.Length], Gen.Char[" .:[]{},0129afSF>\n\t-x"].Array[0, 60], Gen.Int[0, Lines.Length])
            .Sample((cut, noise, at) =>
        {
            string text = Lines[..cut].Insert(Math.Min(at, cut), new string(noise)) + "\n0x0000:  4500 003c 1c46 4000 4006 0000 0a00 0001\n"
                + Lines;
            List<KeptRecord> records = KeptRecord.ReadAll(Encoding.Latin1.GetBytes(text), out CaptureEnd end);
            Assert.True(end.IsComplete);
            Assert.All(records, record => Assert.InRange(record.Bytes.Length, 1, record.OriginalLength));
        }, iter: 3000);

    private static List<string> Describe(List<KeptRecord> records)
    {
        var lines = new List<string>();
        foreach (KeptRecord record in records)
        {
            if (!SegmentIn(record, out TcpSegment segment)) continue;
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"{segment.Source} > {segment.Destination} {segment.Flags} {segment.Sequence.Value} "
                    + $"{((segment.Flags & TcpFlags.Ack) != 0 ? segment.Acknowledgement.Value : 0)} "
                    + $"{segment.Payload.Length}/{segment.PayloadLength} {record.Timestamp.Nanoseconds / 1e9}"));
        }

        return lines;
    }

    private static bool SegmentIn(KeptRecord record, out TcpSegment segment) =>
        new SegmentDecoder().Decode(new Packets.Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength), out segment)
            == Decoded.Segment;
}
