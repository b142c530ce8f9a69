namespace Trama.Captures.Tests.Files;

/// <summary>Formats of other programs, as Wireshark writes them, and compressed files that are not read.</summary>
public class OtherFormatTests
{
    [Theory]
    [InlineData("lesson.snoop")]
    [InlineData("lesson.netmon1.cap")]
    [InlineData("lesson.netmon2.cap")]
    public void A_capture_in_another_format_has_the_same_packets(string name)
    {
        List<KeptRecord> expected = KeptRecord.ReadAll(OwnCaptures.Bytes("lesson.pcap"), out _);
        List<KeptRecord> records = KeptRecord.ReadAll(OwnCaptures.Bytes(name), out CaptureEnd end);
        Assert.True(end.IsComplete);
        Assert.Equal(expected.Select(record => (Convert.ToHexString(record.Bytes), record.OriginalLength)),
            records.Select(record => (Convert.ToHexString(record.Bytes), record.OriginalLength)));
        // Network Monitor counts from a start in milliseconds.
        long most = name.EndsWith(".snoop", StringComparison.Ordinal) ? 0 : 1_000_000;
        Assert.All(expected.Zip(records), pair => Assert.InRange(Math.Abs(pair.First.Timestamp - pair.Second.Timestamp), 0, most));
    }

    [Theory]
    [InlineData("lesson.snoop")]
    [InlineData("lesson.netmon1.cap")]
    [InlineData("lesson.netmon2.cap")]
    public void Every_prefix_gives_the_packets_before_the_cut(string name)
    {
        byte[] file = OwnCaptures.Bytes(name);
        List<KeptRecord> all = KeptRecord.ReadAll(file, out _);
        for (int length = 0; length < file.Length; length++)
        {
            List<KeptRecord> records = KeptRecord.ReadAll(file[..length], out CaptureEnd end);
            Assert.NotNull(end);
            Assert.Equal(all.Take(records.Count), records);
        }
    }

    [Theory]
    [InlineData("lesson.snoop")]
    [InlineData("lesson.netmon1.cap")]
    [InlineData("lesson.netmon2.cap")]
    public void Impossible_lengths_end_reading(string name)
    {
        byte[] file = OwnCaptures.Bytes(name);
        for (int at = 8; at + 4 <= file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged.AsSpan(at, 4).Fill(0xff);
            KeptRecord.ReadAll(damaged, out CaptureEnd end);
            Assert.NotNull(end);
        }
    }

    [Theory]
    [InlineData("xz", new byte[] { 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0 })]
    [InlineData("bzip2", new byte[] { 0x42, 0x5a, 0x68, 0x39, 0x31 })]
    [InlineData("lz4", new byte[] { 0x04, 0x22, 0x4d, 0x18, 0x64 })]
    public void Other_compressions_are_named(string program, byte[] start)
    {
        Assert.Empty(KeptRecord.ReadAll(start, out CaptureEnd end));
        Assert.Equal(new CaptureEnd(CaptureFault.ForeignCompression, 0, Detail: program), end);
    }
}
