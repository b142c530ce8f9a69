using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>The pcapng format with all that it allows, and what is refused of what it does not.</summary>
public class PcapngVariantTests
{
    [Fact]
    public void Sections_may_differ_in_byte_order_and_interfaces_in_link_type_length_and_clock()
    {
        var file = new BlockWriter();
        file.Section().Interface(1, 100, file.Option(9, 9)).Interface(101, 0).Enhanced(1, 5, [0x45]).Enhanced(0, 5, [1]);
        file.Section(bigEndian: true).Block(0x0BAD, [1, 2, 3, 4]).Interface(113, 50, file.Option(9, 0x80 | 10)).Enhanced(0, 1536, [2]);

        List<KeptRecord> records = KeptRecord.ReadAll(file.Build(), out CaptureEnd end);

        Assert.True(end.IsComplete);
        Assert.Equal(
            [
                new KeptRecord(new Timestamp(5_000), LinkType.Raw, [0x45], 1, 1),
                new KeptRecord(new Timestamp(5), LinkType.Ethernet, [1], 1, 0),
                new KeptRecord(new Timestamp(1_500_000_000), LinkType.LinuxSll, [2], 1, 2),
            ],
            records);
    }

    [Fact]
    public void Simple_and_obsolete_packets_are_read_too()
    {
        var file = new BlockWriter();
        file.Section().Interface(1, 4).Simple(3, [1, 2, 3]).Simple(90, [1, 2, 3, 4]).Obsolete(0, 7, [9, 9]);

        Assert.Equal(
            [
                new KeptRecord(default, LinkType.Ethernet, [1, 2, 3], 3, 0),
                new KeptRecord(default, LinkType.Ethernet, [1, 2, 3, 4], 90, 0),
                new KeptRecord(new Timestamp(7_000), LinkType.Ethernet, [9, 9], 2, 0),
            ],
            KeptRecord.ReadAll(file.Build(), out _));
    }

    [Theory]
    [InlineData(0, 3, 3_000_000_000)]
    [InlineData(3, 1_500, 1_500_000_000)]
    [InlineData(6, 1_500_000, 1_500_000_000)]
    [InlineData(9, 1_500_000_001, 1_500_000_001)]
    [InlineData(12, 1_500_000_000_999, 1_500_000_000)]
    [InlineData(19, 15_000_000_000_000_000_000, 1_500_000_000)]
    [InlineData(0x80, 2, 2_000_000_000)]
    [InlineData(0x80 | 32, 0x1_8000_0000, 1_500_000_000)]
    [InlineData(0x80 | 63, 0xC000_0000_0000_0000, 1_500_000_000)]
    public void Times_count_in_the_resolution_of_their_interface(byte resolution, ulong count, long nanoseconds)
    {
        var file = new BlockWriter();
        file.Section().Interface(1, 0, file.Option(9, resolution)).Enhanced(0, count, [1]);
        Assert.Equal(new Timestamp(nanoseconds), Assert.Single(KeptRecord.ReadAll(file.Build(), out _)).Timestamp);
    }

    [Theory]
    [InlineData(1000, 1_000_000_000_000)]
    [InlineData(-2, -2_000_000_000)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue)]
    public void An_offset_moves_times_and_stops_at_the_ends_of_the_range(long offset, long nanoseconds)
    {
        var file = new BlockWriter();
        file.Section().Interface(1, 0, file.Option(14, file.U64(offset))).Enhanced(0, 0, [1]);
        Assert.Equal(new Timestamp(nanoseconds), Assert.Single(KeptRecord.ReadAll(file.Build(), out _)).Timestamp);
    }

    public static TheoryData<CaptureFault, byte[]> Refused()
    {
        var file = new BlockWriter();
        BlockWriter Started() => new BlockWriter().Section();
        BlockWriter Described() => Started().Interface(1, 64);
        return new TheoryData<CaptureFault, byte[]>
        {
            { CaptureFault.NoInterface, Started().Build() },
            { CaptureFault.PacketBeforeInterface, Started().Enhanced(0, 0, [1]).Build() },
            { CaptureFault.UnsupportedVersion, new BlockWriter().Section(major: 2).Interface().Build() },
            { CaptureFault.UnsupportedVersion, new BlockWriter().Section(minor: 1).Interface().Build() },
            { CaptureFault.UnknownInterface, Described().Enhanced(1, 0, [1]).Build() },
            { CaptureFault.UnknownInterface, Described().Section().Enhanced(0, 0, [1]).Build() },
            { CaptureFault.LongerThanSnapshot, Described().Enhanced(0, 0, new byte[65]).Build() },
            { CaptureFault.BlockContentsCut, Described().Enhanced(0, 0, [1], captured: 60).Build() },
            { CaptureFault.BlockContentsCut, Described().Block(6, [0, 0, 0, 0]).Build() },
            { CaptureFault.BlockContentsCut, Described().Simple(8, [1]).Build() },
            { CaptureFault.BlockContentsCut, Started().Block(1, [1, 0, 0, 0]).Build() },
            { CaptureFault.BlockContentsCut, Started().Interface(1, 0, [2, 0, 200, 0]).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(9, 20)).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(9, 0xC0)).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(9, 6, 6)).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(9, 6), file.Option(9, 6)).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(14, 6)).Build() },
            { CaptureFault.BadInterfaceOption, Started().Interface(1, 0, file.Option(0, 6)).Build() },
            { CaptureFault.BlockTooShort, Described().Raw(5, 0, 0, 0, 8, 0, 0, 0).Build() },
            { CaptureFault.BlockNotAligned, Described().Raw(5, 0, 0, 0, 14, 0, 0, 0).Build() },
            { CaptureFault.BlockTooLong, Described().Raw(5, 0, 0, 0, 0, 0, 0, 0x70).Build() },
            { CaptureFault.BlockLengthsDiffer, Described().Raw(5, 0, 0, 0, 12, 0, 0, 0, 16, 0, 0, 0).Build() },
            { CaptureFault.BadByteOrder, Described().Raw(0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 1, 2, 3, 4).Build() },
        };
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_is_refused_with_its_reason(CaptureFault fault, byte[] file)
    {
        Assert.Empty(KeptRecord.ReadAll(file, out CaptureEnd end));
        Assert.Equal(fault, end.Fault);
    }
}
