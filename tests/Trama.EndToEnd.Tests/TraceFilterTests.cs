using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.EndToEnd.Tests;

public class TraceFilterTests
{
    private static readonly byte[] Syn = Convert.FromHexString("9c4013880000000100000000" + "5002ffff00000000");
    private static readonly byte[] Ipv6 = [.. Convert.FromHexString("6000000000140640"), .. new byte[15], 1, .. new byte[15], 1, .. Syn];

    [Fact]
    public async Task A_filter_fits_every_interface_of_a_file_and_the_address_families_of_other_systems()
    {
        string path = Captures.Temporary("two.pcapng", []);
        using (var writer = new PcapngWriter(path, "test"))
        {
            writer.AddInterface(new CaptureInterface(LinkType.Null, 65_535));
            writer.AddInterface(new CaptureInterface(LinkType.Ethernet, 65_535));
            Write(writer, LinkType.Null, 0, [30, 0, 0, 0, .. Ipv6]);
            Write(writer, LinkType.Ethernet, 1, [.. new byte[12], 0x86, 0xdd, .. Ipv6.AsSpan(0, 40), .. Syn.AsSpan(0, 1), 0x41,
                .. Syn.AsSpan(2)]);
        }

        // On a Mac the family of IPv6 is 30, on Linux 10.
        TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", path, "ip6 and tcp"]);
        Assert.Equal(["[::1]:40000 > [::1]:5000", "[::1]:40001 > [::1]:5000"],
            ended.Output.TrimEnd('\n').Split('\n').Select(line => line.Split('\t')[2]));
        Assert.Equal((0, ""), (ended.Code, ended.Errors));
    }

    private static void Write(PcapngWriter writer, LinkType linkType, int interfaceId, byte[] bytes) =>
        writer.Write(new Packets.Record(new Timestamp(1_700_000_000_000_000_000), linkType, bytes, bytes.Length, interfaceId));
}
