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
    [InlineData("> 23:00:00.5 {0}", 82_800.5)]
    [InlineData("> > | 23:00:00.5 {0}", 82_800.5)]
    [InlineData("3) 23:00:00.5 {0}", 82_800.5)]
    [InlineData("Nov 14 23:00:00.5 {0}", 82_800.5)]
    [InlineData("1970-01-02T23:00:00.5Z {0}", 169_200.5)]
    [InlineData("1970-01-02T23:00:00.5+00:00 {0}", 169_200.5)]
    [InlineData("<b>nothing</b> {0}", 0.000001)]
    public void What_people_and_logs_put_before_a_line_hides_no_time(string form, double seconds)
    {
        const string packet = "IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [.], ack 1, win 1, length 0";
        string line = string.Format(CultureInfo.InvariantCulture, form, packet);
        KeptRecord record = Assert.Single(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(line), out _));
        Assert.Equal(seconds, record.Timestamp.Nanoseconds / 1e9, 6);
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(72, false)]
    [InlineData(80, false)]
    [InlineData(80, true)]
    [InlineData(100, true)]
    public void Lines_that_a_ticket_broke_are_joined(int width, bool atSpaces)
    {
        string[] lines = Lines.Split('\n');
        string broken = string.Join('\n', lines[..2].Concat(lines[2..].SelectMany(line => Break(line, width, atSpaces))));
        Assert.Equal(Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Lines), out _)),
            Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(broken), out _)));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(72)]
    [InlineData(80)]
    public void Lines_of_v_that_a_ticket_broke_are_joined(int width)
    {
        string[] lines =
        [
            "23:00:00.100000 IP (tos 0x0, ttl 63, id 7, offset 0, flags [DF], proto TCP (6), length 60)",
            "    10.0.0.1.40000 > 10.0.0.2.80: Flags [S], cksum 0x1 (correct), seq 1000, win 64240, options [mss 1460], length 0",
            "23:00:00.100200 IP (tos 0x0, ttl 64, id 0, offset 0, flags [DF], proto TCP (6), length 52)",
            "    10.0.0.2.80 > 10.0.0.1.40000: Flags [S.], cksum 0x2 (correct), seq 5000, ack 1001, win 65160, length 0",
        ];
        string broken = string.Join('\n', lines.SelectMany(line => Break(line, width, atSpaces: true)));
        Assert.Equal(Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(string.Join('\n', lines)), out _)),
            Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(broken), out _)));
    }

    [Theory]
    [InlineData("\u2192", true)]
    [InlineData("->", true)]
    [InlineData("", false)]
    public void Lines_of_the_packet_list_of_tshark_and_Wireshark_are_segments(string arrow, bool isSpaced)
    {
        const string List = """
            No. Time Source Destination Protocol Length Info
                1   0.000000     10.0.0.1 @ 10.0.0.2     TCP 74 40000 # 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM=1 TSval=7 TSecr=0 WS=128
                2   0.000200     10.0.0.2 @ 10.0.0.1     TCP 74 80 # 40000 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 MSS=1460 SACK_PERM WS=4
                3   0.000300     10.0.0.1 @ 10.0.0.2     TCP 66 40000 # 80 [ACK] Seq=1 Ack=1 Win=64256 Len=0 TSval=7 TSecr=8
                4   0.000400     10.0.0.1 @ 10.0.0.2     HTTP 166 GET / HTTP/1.1 
                5   0.000500     10.0.0.9 @ 10.0.0.1     DNS 90 Standard query response 0x1234 A example.com A 192.0.2.1
                6   0.300000     10.0.0.2 @ 10.0.0.1     TCP 78 80 # 40000 [ACK] Seq=1 Ack=101 Win=65160 Len=0 SLE=201 SRE=301
                7   0.400000     10.0.0.1 @ 10.0.0.2     TCP 166 [TCP Retransmission] 40000 # 80 [PSH, ACK] Seq=1 Ack=1 Win=64256 Len=100
                8   1.000000     10.0.0.2 @ 10.0.0.1     TCP 54 80 # 40000 [RST] Seq=1 Win=0 Len=0
            """;
        string ports = arrow.Length == 0 ? ">" : arrow;
        string text = List.Replace(" @ ", isSpaced ? $" {arrow} " : "   ", StringComparison.Ordinal)
            .Replace(" # ", isSpaced ? $" {ports} " : $"{ports}", StringComparison.Ordinal);
        List<KeptRecord> records = KeptRecord.ReadAll(Encoding.UTF8.GetBytes(text), out CaptureEnd end);
        Assert.True(end.IsComplete);
        SegmentIn(records[0], out TcpSegment syn);
        (uint client, uint server) = (syn.Sequence.Value, 0);
        if (SegmentIn(records[1], out TcpSegment answer)) server = answer.Sequence.Value;
        Assert.NotEqual(client, server);
        Assert.Equal(
            [
                $"10.0.0.1:40000 > 10.0.0.2:80 Syn {client} 0 0/0 0",
                $"10.0.0.2:80 > 10.0.0.1:40000 Syn, Ack {server} {client + 1} 0/0 0.0002",
                $"10.0.0.1:40000 > 10.0.0.2:80 Ack {client + 1} {server + 1} 0/0 0.0003",
                $"10.0.0.1:40000 > 10.0.0.2:80 Psh, Ack {client + 1} {server + 1} 0/100 0.0004",
                $"10.0.0.2:80 > 10.0.0.1:40000 Ack {server + 1} {client + 101} 0/0 0.3",
                $"10.0.0.1:40000 > 10.0.0.2:80 Psh, Ack {client + 1} {server + 1} 0/100 0.4",
                $"10.0.0.2:80 > 10.0.0.1:40000 Rst {server + 1} 0 0/0 1",
            ],
            Describe(records));
        Assert.Equal("020405b40303070402080a0000000700000000", Convert.ToHexStringLower(syn.Options)[..38]);
        SegmentIn(records[2], out TcpSegment acknowledgement);
        Assert.Equal((ushort)(64256 >> 7), acknowledgement.Window);
    }

    [Theory]
    [InlineData("10.0.0.2 unreachable - need to frag (mtu 1400)", 4, 1400)]
    [InlineData("host 10.0.0.2 unreachable - admin prohibited filter", 13, 0)]
    [InlineData("host 10.0.0.2 unreachable - admin prohibited", 10, 0)]
    [InlineData("host 10.0.0.2 unreachable", 1, 0)]
    [InlineData("net 10.0.0.2 unreachable", 0, 0)]
    [InlineData("10.0.0.2 tcp port 80 unreachable", 3, 0)]
    public void Lines_of_ICMP_errors_tell_what_came_back(string error, int code, int mtu)
    {
        string text = $"""
            23:00:00.1 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [.], seq 1000000000:1000001448, ack 1, win 502, length 1448
            23:00:00.2 IP 10.0.0.9 > 10.0.0.1: ICMP {error}, length 36
            23:00:00.3 IP 10.0.0.9 > 10.0.0.7: ICMP {error}, length 36
            23:00:00.4 IP 10.0.0.9 > 10.0.0.1: ICMP host unreachable
            """;
        KeptRecord record = Assert.Single(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(text), out _).Skip(1));
        var decoder = new SegmentDecoder();
        Assert.Equal(Decoded.QuotedSegment, decoder.Decode(
            new Packets.Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength), out _));
        QuotedSegment quote = decoder.Quote;
        Assert.Equal((3, code, mtu, 1_000_000_000u, "10.0.0.1:40000", "10.0.0.2:80", "10.0.0.9"), (quote.Type, quote.Code, quote.NextHopMtu,
            quote.Sequence.Value, quote.Source.ToString(), quote.Destination.ToString(), quote.Reporter.ToString()));
    }

    [Theory]
    [InlineData("    10.0.0.1.40000 > 10.0.0.2.80:  [|tcp]")]
    [InlineData("    10.0.0.1.40000 > 10.0.0.2.80: Flags [.], seq 1000000000:1000001448, ack 1, win 502, length 1448")]
    public void An_ICMP_error_in_two_lines_is_one_packet_and_what_it_quotes_is_none(string quoted)
    {
        foreach (string time in (string[])["23:00:00.1 ", ""])
        {
            string text = $"""
                {time}IP (tos 0x0, ttl 64, id 7, offset 0, flags [DF], proto TCP (6), length 1500)
                    10.0.0.1.40000 > 10.0.0.2.80: Flags [.], seq 1000000000:1000001448, ack 1, win 502, length 1448
                {time}IP (tos 0xc0, ttl 62, id 9, offset 0, flags [none], proto ICMP (1), length 56)
                    10.0.0.9 > 10.0.0.1: ICMP 10.0.0.2 unreachable - need to frag (mtu 1400), length 36
                	IP (tos 0x0, ttl 63, id 7, offset 0, flags [DF], proto TCP (6), length 1500)
                {quoted}
                {time}IP (tos 0x0, ttl 64, id 8, offset 0, flags [DF], proto TCP (6), length 40)
                    10.0.0.1.40000 > 10.0.0.2.80: Flags [F.], seq 1000001448, ack 1, win 502, length 0
                """;
            List<KeptRecord> records = KeptRecord.ReadAll(Encoding.UTF8.GetBytes(text), out _);
            var decoder = new SegmentDecoder();
            Assert.Equal([Decoded.Segment, Decoded.QuotedSegment, Decoded.Segment], records.Select(record => decoder.Decode(
                new Packets.Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength), out _)));
            Assert.Equal((1400, 1_000_000_000u), (decoder.Quote.NextHopMtu, decoder.Quote.Sequence.Value));
            if (time.Length > 0) Assert.Single(records.DistinctBy(record => record.Timestamp));
        }
    }

    [Fact]
    public void A_dump_that_begins_with_ARP_does_not_hide_the_packets_behind_it()
    {
        const string Arp = """
            23:00:00.0 ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28
            	0x0000:  0001 0800 0604 0001 0200 0000 0001 0a00
            	0x0010:  0001 0000 0000 0000 0a00 0002
            23:00:00.1 IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 7, win 1, length 0
            	0x0000:  4500 0028 0000 4000 4006 26ce 0a00 0001
            	0x0010:  0a00 0002 9c40 0050 0000 0007 0000 0000
            	0x0020:  5002 0001 0000 0000
            """;
        Assert.Equal(["10.0.0.1:40000 > 10.0.0.2:80 Syn 7 0 0/0 82800.1"], Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Arp), out _)));
    }

    [Fact]
    public void Arrows_of_a_page_of_the_web_are_arrows()
    {
        string page = Lines.Replace(">", "&gt;", StringComparison.Ordinal);
        Assert.Equal(Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(Lines), out _)),
            Describe(KeptRecord.ReadAll(Encoding.UTF8.GetBytes(page), out _)));
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

    private static IEnumerable<string> Break(string line, int width, bool atSpaces)
    {
        while (line.Length > width)
        {
            int at = atSpaces ? line.LastIndexOf(' ', width) + 1 : width;
            yield return line[..at];
            line = line[at..];
        }

        yield return line;
    }
}
