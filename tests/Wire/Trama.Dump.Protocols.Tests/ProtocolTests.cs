using System.Text;
using CsCheck;
using Trama.Dump.Printers;
using Trama.Packets;

namespace Trama.Dump.Protocols.Tests;

/// <summary>The printers beside and above IP and TCP, against what tcpdump prints of the same bytes, and against any bytes.</summary>
public class ProtocolTests
{
    /// <summary>
    /// The ports, as both source and destination, whose printers any bytes are thrown at; 0 is one that no printer knows.
    /// </summary>
    private static readonly ushort[] Ports = [0, .. Rows(ProtocolPrinters.Create()).SelectMany(row => row.Ports).Distinct()];

    public static TheoryData<string> Names => [.. ProtocolCase.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Packets_of_a_protocol_are_printed_as_tcpdump_prints_them(string name)
    {
        ProtocolCase one = ProtocolCase.All.Single(candidate => candidate.Name == name);
        var output = new LineWriter();
        PacketPrinter printer = NewPrinter(output, one.Verbosity, one.LinkLayer);
        foreach (var (bytes, text) in one.Packets) Assert.Equal(text, Print(printer, output, one.LinkType, bytes));
    }

    [Fact]
    public void Every_prefix_of_a_packet_ends_in_one_printable_text()
    {
        foreach (ProtocolCase one in ProtocolCase.All)
        {
            var output = new LineWriter();
            PacketPrinter printer = NewPrinter(output, one.Verbosity, one.LinkLayer);
            foreach (var (bytes, _) in one.Packets)
            {
                for (int length = 1; length < bytes.Length; length++) AssertPrintable(
                    Print(printer, output, one.LinkType, bytes.AsSpan(0, length), bytes.Length));
            }
        }
    }

    [Fact]
    public void Any_bytes_behind_any_known_port_or_protocol_end_in_one_printable_text() =>
        Gen.Select(Gen.Int[0, Ports.Length - 1].Select(index => Ports[index]), Gen.Byte, Gen.Byte.Array[0, 300], Gen.Int[0, 3],
            Gen.Int[0, 3]).Sample((port, number, payload, form, verbosity) =>
        {
            byte[] packet = form switch
            {
                0 => Ipv4(17, [.. U16(port), .. U16(port), .. U16(payload.Length + 8), 0, 0, .. payload]),
                1 => Ipv4(6, [.. U16(port), .. U16(port), 0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0, 9, 0, 0, 0, 0, .. payload]),
                2 => Ipv4(number, payload),
                _ => Ipv6(number, payload),
            };
            var output = new LineWriter();
            AssertPrintable(Print(NewPrinter(output, verbosity), output, LinkType.Raw, packet));
        });

    [Fact]
    public void Tunnels_within_tunnels_end_before_the_stack_does()
    {
        byte[] packet = [];
        for (int i = 0; i < 2_000; i++) packet = Ipv4(47, [0, 0, 8, 0, .. packet]);
        var output = new LineWriter();
        AssertPrintable(Print(NewPrinter(output, verbosity: 0), output, LinkType.Raw, packet));
    }

    [Fact]
    public void Each_row_of_the_tables_of_ports_is_in_the_documentation()
    {
        string documentation = File.ReadAllText(Path.Combine(TestData.Root, "docs", "dump.md"));
        Assert.All(Rows(ProtocolPrinters.Create()), row => Assert.Contains(row.Name, documentation, StringComparison.Ordinal));
    }

    private static IEnumerable<PortPrinter> Rows(PrinterRegistry registry) => [.. registry.TcpPorts.Rows, .. registry.UdpPorts.Rows];

    private static PacketPrinter NewPrinter(LineWriter output, int verbosity, bool linkLayer = false) =>
        new(new DumpOptions
        {
            NumericAddresses = true,
            NumericPorts = true,
            Time = TimeFormat.None,
            Verbosity = verbosity,
            LinkLayer = linkLayer
        }, output, ProtocolPrinters.Create());

    private static string Print(PacketPrinter printer, LineWriter output, LinkType linkType, ReadOnlySpan<byte> bytes,
        int originalLength = 0)
    {
        output.Clear();
        printer.Print(new Packets.Record(default, linkType, bytes, Math.Max(originalLength, bytes.Length)), number: 1);
        return Encoding.Latin1.GetString(output.Written);
    }

    private static void AssertPrintable(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, letter => letter is (< ' ' and not ('\n' or '\t')) or >= '\x7f');
    }

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Ipv4(byte protocol, byte[] payload) =>
        [0x45, 0, .. U16(Math.Min(payload.Length + 20, ushort.MaxValue)), 0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 198, 51, 100, 2,
            .. payload];

    private static byte[] Ipv6(byte next, byte[] payload) =>
        [0x60, 0, 0, 0, .. U16(payload.Length), next, 64, .. new byte[15], 1, .. new byte[15], 2, .. payload];
}
