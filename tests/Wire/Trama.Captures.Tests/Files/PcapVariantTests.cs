using System.Buffers.Binary;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>The pcap format as it was written over the years and on different machines.</summary>
public class PcapVariantTests
{
    private static readonly byte[] Packet = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(0xA1B2C3D4, 4, false)]
    [InlineData(0xA1B23C4D, 4, false)]
    [InlineData(0xA1B2CD34, 6, false)]
    [InlineData(0xA1B2C3D4, 4, true)]
    [InlineData(0xA1B23C4D, 4, true)]
    [InlineData(0xA1B2CD34, 6, true)]
    public void Magic_numbers_tell_the_unit_the_order_and_the_header(uint magic, int headerWords, bool bigEndian)
    {
        bool nanoseconds = magic == 0xA1B23C4D;
        byte[] file = new FileBuilder(bigEndian).Header(magic).Record(100, 7, 5, 60, extraWords: headerWords - 4).Build();

        KeptRecord record = Assert.Single(KeptRecord.ReadAll(file, out CaptureEnd end));

        Assert.True(end.IsComplete);
        Assert.Equal(new Timestamp(100_000_000_000 + (nanoseconds ? 7 : 7000)), record.Timestamp);
        Assert.Equal(Packet, record.Bytes);
        Assert.Equal(60, record.OriginalLength);
    }

    [Theory]
    [InlineData(2, 4, 5, 60, 5, 60)]
    [InlineData(2, 2, 60, 5, 5, 60)]
    [InlineData(2, 0, 60, 5, 5, 60)]
    [InlineData(543, 0, 60, 5, 5, 60)]
    // Programs wrote both orders under 2.3: the smaller length is the captured one.
    [InlineData(2, 3, 5, 60, 5, 60)]
    [InlineData(2, 3, 60, 5, 5, 60)]
    public void Before_version_2_4_the_lengths_may_stand_the_other_way_round(
        int major, int minor, uint first, uint second, int captured, int original)
    {
        byte[] file = new FileBuilder().Header(major: major, minor: minor).Record(1, 1, first, second).Build();

        KeptRecord record = Assert.Single(KeptRecord.ReadAll(file, out _));

        Assert.Equal((captured, original), (record.Bytes.Length, record.OriginalLength));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 5)]
    [InlineData(3, 0)]
    [InlineData(543, 1)]
    public void Other_versions_are_refused(int major, int minor)
    {
        Assert.Empty(KeptRecord.ReadAll(new FileBuilder().Header(major: major, minor: minor).Build(), out CaptureEnd end));
        Assert.Equal(new CaptureEnd(CaptureFault.UnsupportedVersion, 0, major, minor), end);
    }

    [Theory]
    [InlineData(1, LinkType.Ethernet)]
    [InlineData(0xF400_0001, LinkType.Ethernet)]
    [InlineData(12, LinkType.Raw)]
    [InlineData(101, LinkType.Raw)]
    [InlineData(276, LinkType.LinuxSll2)]
    public void The_link_type_is_taken_without_frame_check_bits_and_as_a_number_of_files(uint field, LinkType expected)
    {
        using CaptureFile file = CaptureFile.Open(new MemoryStream(new FileBuilder().Header(linkType: field).Build()));
        Assert.Equal(expected, Assert.Single(file.Interfaces).LinkType);
    }

    [Theory]
    [InlineData(100, 262_145, CaptureFault.LongerThanSnapshot, 100)]
    [InlineData(2_000_000_000, 262_145, CaptureFault.LongerThanMaximum, 262_144)]
    [InlineData(0, 0x7FFF_FFFF, CaptureFault.LongerThanSnapshot, 262_144)]
    public void Lengths_beyond_belief_are_told_and_never_allocated(uint snapLength, uint captured, CaptureFault fault, long limit)
    {
        byte[] file = new FileBuilder().Header(snapLength: snapLength).Record(1, 1, captured, captured).Build();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(KeptRecord.ReadAll(file, out CaptureEnd end));

        Assert.Equal(new CaptureEnd(fault, 24, limit, captured), end);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1024 * 1024);
    }

    [Fact]
    public void A_packet_longer_than_the_snapshot_length_is_cut_to_it()
    {
        byte[] file = new FileBuilder().Header(snapLength: 3).Record(1, 1, 5, 60).Record(2, 2, 5, 60).Build();
        Assert.All(KeptRecord.ReadAll(file, out _), record => Assert.Equal([1, 2, 3], record.Bytes));
    }

    private sealed class FileBuilder(bool bigEndian = false)
    {
        private readonly List<byte> _bytes = [];

        public FileBuilder Header(uint magic = 0xA1B2C3D4, int major = 2, int minor = 4, uint snapLength = 65535, uint linkType = 1)
        {
            U32(magic);
            U16((ushort)major);
            U16((ushort)minor);
            U32(0);
            U32(0);
            U32(snapLength);
            U32(linkType);
            return this;
        }

        public FileBuilder Record(uint seconds, uint fraction, uint first, uint second, int extraWords = 0)
        {
            U32(seconds);
            U32(fraction);
            U32(first);
            U32(second);
            for (int i = 0; i < extraWords; i++) U32(0xFFFF_FFFF);
            _bytes.AddRange(Packet);
            return this;
        }

        public byte[] Build() => [.. _bytes];

        private void U16(ushort value)
        {
            byte[] field = new byte[2];
            if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(field, value);
            else BinaryPrimitives.WriteUInt16LittleEndian(field, value);
            _bytes.AddRange(field);
        }

        private void U32(uint value)
        {
            byte[] field = new byte[4];
            if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(field, value);
            else BinaryPrimitives.WriteUInt32LittleEndian(field, value);
            _bytes.AddRange(field);
        }
    }
}
