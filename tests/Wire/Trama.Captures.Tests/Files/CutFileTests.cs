using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>A file that stops anywhere gives every whole record before the cut, and says where it stops.</summary>
public class CutFileTests
{
    [Theory]
    [InlineData("lesson.pcap", 16)]
    [InlineData("lesson-big-endian.pcap", 16)]
    public void Every_prefix_of_a_pcap_file_gives_its_whole_records(string name, int headerLength)
    {
        byte[] file = OwnCaptures.Bytes(name);
        List<KeptRecord> all = KeptRecord.ReadAll(file, out _);
        List<int> ends = [24];
        foreach (KeptRecord record in all) ends.Add(ends[^1] + headerLength + record.Bytes.Length);
        for (int length = 24; length <= file.Length; length++)
        {
            List<KeptRecord> records = KeptRecord.ReadAll(file[..length], out CaptureEnd end);
            int whole = ends.FindLastIndex(offset => offset <= length);
            Assert.Equal(all.Take(whole), records);
            int rest = length - ends[whole];
            CaptureEnd expected = rest == 0 ? new(CaptureFault.None, length)
                : rest < headerLength ? new(CaptureFault.RecordHeaderCut, ends[whole], headerLength, rest)
                : new(CaptureFault.RecordCut, ends[whole], all[whole].Bytes.Length, rest - headerLength);
            Assert.Equal(expected, end);
        }
    }

    [Fact]
    public void Every_prefix_of_a_pcapng_file_gives_its_whole_records()
    {
        byte[] file = OwnCaptures.Bytes("lesson.pcapng");
        List<KeptRecord> all = KeptRecord.ReadAll(file, out _);
        List<(int End, int Packets)> blocks = BlockEnds(file);
        for (int length = 12; length <= file.Length; length++)
        {
            List<KeptRecord> records = KeptRecord.ReadAll(file[..length], out CaptureEnd end);
            (int last, int packets) = blocks.FindLast(block => block.End <= length);
            Assert.Equal(all.Take(packets), records);
            bool atBlockEnd = last == length;
            Assert.Equal(atBlockEnd ? length > blocks[1].End ? CaptureFault.None : CaptureFault.NoInterface : CaptureFault.BlockCut,
                end.Fault);
            Assert.Equal(last, end.Offset);
        }
    }

    [Theory]
    [InlineData("", CaptureFault.Empty, 0, 0)]
    [InlineData("d4c3", CaptureFault.FileHeaderCut, 4, 2)]
    [InlineData("d4c3b2a1", CaptureFault.FileHeaderCut, 24, 0)]
    [InlineData("d4c3b2a102000400", CaptureFault.FileHeaderCut, 24, 4)]
    [InlineData("0a0d0d0a1c000000", CaptureFault.UnknownFormat, 0, 0)]
    [InlineData("47494638396101000100", CaptureFault.UnknownFormat, 0, 0)]
    public void The_start_of_a_file_tells_what_it_is(string hex, CaptureFault fault, long expected, long found)
    {
        List<KeptRecord> records = KeptRecord.ReadAll(Convert.FromHexString(hex), out CaptureEnd end);

        Assert.Empty(records);
        Assert.Equal(new CaptureEnd(fault, 0, expected, found), end);
    }

    [Fact]
    public void Records_that_were_flushed_are_in_the_file_while_it_is_still_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder["open.pcap"];
        using var writer = new PcapWriter(path, LinkType.Ethernet);
        writer.Write(new Record(new Timestamp(1_000), LinkType.Ethernet, [1, 2, 3], 3));
        writer.Flush();
        writer.Write(new Record(new Timestamp(2_000), LinkType.Ethernet, [4], 1));

        using CaptureFile file = CaptureFile.Open(path);

        Assert.Equal([1, 2, 3], Assert.Single(KeptRecord.ReadAll(file)).Bytes);
        Assert.True(file.End?.IsComplete);
    }

    private static List<(int End, int Packets)> BlockEnds(byte[] file)
    {
        List<(int End, int Packets)> ends = [(0, 0)];
        for (int offset = 0, packets = 0; offset < file.Length;)
        {
            if (BitConverter.ToUInt32(file, offset) == PcapngFormat.EnhancedPacket) packets++;
            offset += BitConverter.ToInt32(file, offset + 4);
            ends.Add((offset, packets));
        }

        return ends;
    }
}
