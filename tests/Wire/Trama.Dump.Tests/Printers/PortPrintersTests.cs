using Trama.Dump.Printers;

namespace Trama.Dump.Tests.Printers;

public class PortPrintersTests
{
    private static readonly PortPrinters Table = Make(
        new("first", [10], Nothing),
        new("second", [20, 21], Nothing),
        new("sent to", [30], Nothing) { IsSentToPort = true },
        new("claimed", [40], Nothing) { Claims = static payload => payload.Length > 4 });

    [Theory]
    [InlineData(9, 11, 1, null)]
    [InlineData(10, 9000, 1, "first")]
    [InlineData(9000, 21, 1, "second")]
    [InlineData(20, 10, 1, "first")]
    [InlineData(10, 20, 1, "first")]
    [InlineData(30, 9000, 1, null)]
    [InlineData(9000, 30, 1, "sent to")]
    [InlineData(30, 20, 1, "second")]
    [InlineData(9000, 40, 4, null)]
    [InlineData(40, 9000, 5, "claimed")]
    [InlineData(40, 30, 4, "sent to")]
    public void The_earlier_row_that_claims_a_payload_prints_it(ushort source, ushort destination, int length, string? name) =>
        Assert.Equal(name, Table.Find(new Payload(default, length) { SourcePort = source, DestinationPort = destination })?.Name);

    [Fact]
    public void A_port_has_one_row() => Assert.Throws<ArgumentException>(() =>
        Make(new PortPrinter("one", [1, 2], Nothing), new("other", [2], Nothing)));

    private static PortPrinters Make(params PortPrinter[] rows)
    {
        var table = new PortPrinters();
        foreach (PortPrinter row in rows) table.Add(row);
        return table;
    }

    private static void Nothing(Dissection d, Payload payload)
    {
    }
}
