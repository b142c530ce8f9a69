using Trama.Captures.Files;
using Trama.Captures.Filters;
using Trama.Captures.Live;
using Trama.Packets;

namespace Trama.Captures.Tests.Filters;

/// <summary>Filters, filter programs and written files against the tcpdump of this machine.</summary>
public class TcpdumpComparisonTests
{
    private static readonly string[] Expressions =
    [
        "tcp", "udp port 53", "host 127.0.0.1", "net 10.0.0.0/8 or net 192.168.0.0/16", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
        "ip6 and not icmp6", "greater 200", "less 70 or tcp dst portrange 1-1023", "ip[2:2] - ((ip[0]&0xf)<<2) > 100",
        "len / 3 * 2 % 7 = 1", "(ip[8] >> 2 | 1) ^ 3 < 40", "vlan 5 and tcp", "not ip", "ip proto 6 and tcp[12] & 0xf0 > 0x50",
    ];

    [Fact]
    public void Written_files_are_tcpdumps_byte_for_byte()
    {
        string folder = TestData.Shared("captures/tcp");
        string[] captures = [.. Directory.GetFiles(folder, "*.pcap").Order(StringComparer.Ordinal).Where((_, i) => i % 4 == 0)];
        foreach ((string capture, int i) in captures.Select((capture, i) => (capture, i)))
        {
            string expression = Expressions[i % Expressions.Length];
            Assert.True(Tool.Run("tcpdump", "-r", capture, "-w", "-", expression).AsSpan().SequenceEqual(Filtered(capture, expression)),
                $"{capture} {expression}");
        }
    }

    [Theory]
    [InlineData("-d")]
    [InlineData("-dd")]
    [InlineData("-ddd")]
    public void Programs_are_listed_as_tcpdump_lists_them(string form)
    {
        foreach (string expression in Expressions)
        {
            foreach ((string name, LinkType linkType) in new[] { ("EN10MB", LinkType.Ethernet), ("RAW", LinkType.Raw) })
            {
                if (linkType == LinkType.Raw && expression.StartsWith("vlan", StringComparison.Ordinal)) continue;
                string expected = Tool.Text("tcpdump", form, "-y", name, expression);
                Assert.Equal(expected, List(form, PacketFilter.Compile(expression, linkType).Program.Span));
            }
        }
    }

    [Fact]
    public void A_program_that_is_not_optimized_is_longer()
    {
        string expected = Tool.Text("tcpdump", "-O", "-d", "-y", "EN10MB", "tcp port 80");
        Assert.Equal(expected, BpfListing.Assembler(PacketFilter.Compile("tcp port 80", LinkType.Ethernet, optimize: false).Program.Span));
    }

    [Fact]
    public void Devices_are_listed_as_tcpdump_lists_them()
    {
        string expected = Tool.Text("tcpdump", "-D");
        // Other tests may make devices come and go: asked before and after, the list must be one of the two.
        IReadOnlyList<CaptureDevice> devices = CaptureDevices.All();
        string listed = string.Concat(devices.Select((device, i) => $"{i + 1}.{device}\n"));
        Assert.Contains(listed, new[] { expected, Tool.Text("tcpdump", "-D") });
    }

    [Fact]
    public void A_pcapng_file_of_ours_is_read_by_tcpdump_and_tshark_as_the_pcap_file_it_came_from()
    {
        using var folder = new TemporaryFolder();
        string path = folder["lesson.pcapng"];
        using (CaptureFile file = CaptureFile.Open(OwnCaptures.PathOf("lesson.pcap")))
        using (var writer = new PcapngWriter(path, "Trama", "the lesson"))
        {
            writer.AddInterface(file.Interfaces[0] with { Name = "lo", Filter = "tcp port 5000", OperatingSystem = "Linux" });
            while (file.TryRead(out Record record)) writer.Write(record, record.OriginalLength > 90 ? "an answer" : "");
            writer.WriteStatistics(0, new CaptureStatistics(10, 2, 1), new Timestamp(0), new Timestamp(1_000));
        }

        Assert.Equal(Tool.Text("tcpdump", "-n", "-r", OwnCaptures.PathOf("lesson.pcap")), Tool.Text("tcpdump", "-n", "-r", path));
        Assert.Equal(Tool.Text("tshark", "-n", "-r", OwnCaptures.PathOf("lesson.pcap")), Tool.Text("tshark", "-n", "-r", path));
        Assert.Equal("an answer\n", Tool.Text("tshark", "-n", "-r", path, "-Y", "frame.comment", "-T", "fields", "-e", "frame.comment"));
        Assert.Contains("lo", Tool.Text("tshark", "-n", "-r", path, "-T", "fields", "-e", "frame.interface_name"),
            StringComparison.Ordinal);
    }

    private static byte[] Filtered(string capture, string expression)
    {
        using CaptureFile file = CaptureFile.Open(capture);
        var stream = new MemoryStream();
        CaptureInterface source = file.Interfaces[0];
        PacketFilter? filter;
        try
        {
            filter = PacketFilter.Compile(expression, source);
        }
        catch (CaptureException)
        {
            // Such an expression means nothing for this link type: tcpdump ends before it writes anything.
            return [];
        }

        using (var writer = new PcapWriter(stream, source.LinkType, source.SnapLength))
            while (file.TryRead(out Record record))
                if (filter.Matches(record)) writer.Write(record);
        return stream.ToArray();
    }

    private static string List(string form, ReadOnlySpan<BpfInstruction> program) => form switch
    {
        "-d" => BpfListing.Assembler(program),
        "-dd" => BpfListing.C(program),
        _ => BpfListing.Decimal(program),
    };
}
