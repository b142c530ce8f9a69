using System.Text;
using Trama.Packets;
using PacketRecord = Trama.Packets.Record;

namespace Trama.Dump.Tests.Link;

public class LinuxCookedTests
{
    [Theory]
    [InlineData(0, " In 02:00:00:00:00:01 ")]
    [InlineData(1, "  B 02:00:00:00:00:01 ")]
    [InlineData(2, "  M 02:00:00:00:00:01 ")]
    [InlineData(3, "  P 02:00:00:00:00:01 ")]
    [InlineData(4, "Out 02:00:00:00:00:01 ")]
    [InlineData(9, "  ? 02:00:00:00:00:01 ")]
    public void Version_1_sets_the_direction_to_the_right(byte type, string start)
    {
        byte[] packet = [0, type, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x06];
        Assert.StartsWith(start, Print(LinkType.LinuxSll, packet), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "?     In  ifindex 99999999 02:00:00:00:00:01 ")]
    [InlineData(4, "?     Out ifindex 99999999 02:00:00:00:00:01 ")]
    public void Version_2_sets_it_to_the_left(byte type, string start)
    {
        byte[] packet = [0x08, 0x06, 0, 0, 0x05, 0xf5, 0xe0, 0xff, 0, 1, type, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        Assert.StartsWith(start, Print(LinkType.LinuxSll2, packet), StringComparison.Ordinal);
    }

    private static string Print(LinkType linkType, byte[] packet)
    {
        var output = new LineWriter();
        new PacketPrinter(new DumpOptions { NumericAddresses = true, LinkLayer = true, Time = TimeFormat.None }, output,
            new PrinterRegistry())
            .Print(new PacketRecord(default, linkType, packet, packet.Length, 0), 1);
        return Encoding.UTF8.GetString(output.Written);
    }
}
