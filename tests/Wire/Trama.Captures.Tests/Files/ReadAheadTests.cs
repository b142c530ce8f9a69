using System.IO.Compression;
using CsCheck;
using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>A large file, which a second thread reads ahead, gives what the same bytes give without it.</summary>
public class ReadAheadTests
{
    private const int LargeFile = 3 * 1024 * 1024;

    // Most packets are small; some do not fit into the room that is kept for the rest of a block.
    private static readonly Gen<byte[]> Files =
        from seed in Gen.Int
        from longest in Gen.Int[100, 262_144]
        select PcapOf(new Random(seed), longest);

    [Fact]
    public void A_large_file_gives_the_same_records_and_the_same_end_wherever_it_is_cut() =>
        (from file in Files from cut in Gen.Int[0, 100_000] select file[..^cut]).Sample(AssertReadsTheSame, iter: 12, threads: 1);

    [Fact]
    public void A_large_compressed_file_gives_the_same_records()
    {
        using var folder = new TemporaryFolder();
        byte[] file = PcapOf(new Random(1), 10_000);
        using (var gzip = new GZipStream(File.Create(folder["large.pcap.gz"]), CompressionLevel.NoCompression)) gzip.Write(file);
        using CaptureFile compressed = CaptureFile.Open(folder["large.pcap.gz"]);
        Assert.Equal(KeptRecord.ReadAll(file, out _), KeptRecord.ReadAll(compressed));
        Assert.Equal(CaptureFault.None, compressed.End?.Fault);
    }

    [Fact]
    public void A_large_file_may_be_closed_before_its_end()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["large.pcap"], PcapOf(new Random(2), 1000));
        using CaptureFile file = CaptureFile.Open(folder["large.pcap"]);
        Assert.True(file.TryRead(out Record record));
        Assert.Equal(0, record.InterfaceId);
    }

    private static void AssertReadsTheSame(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["large.pcap"], bytes);
        List<KeptRecord> expected = KeptRecord.ReadAll(bytes, out CaptureEnd end);
        using CaptureFile file = CaptureFile.Open(folder["large.pcap"]);
        Assert.Equal(expected, KeptRecord.ReadAll(file));
        Assert.Equal(end, file.End);
        Assert.False(file.TryRead(out _));
    }

    private static byte[] PcapOf(Random random, int longest)
    {
        var file = new MemoryStream();
        using (var writer = new PcapWriter(file, LinkType.Ethernet))
        {
            for (int length = 0; length < LargeFile;)
            {
                byte[] bytes = new byte[random.Next(10) == 0 ? random.Next(longest) : random.Next(100)];
                random.NextBytes(bytes);
                writer.Write(new Record(new Timestamp(length * 1000L), LinkType.Ethernet, bytes, bytes.Length));
                length += bytes.Length + 16;
            }
        }

        return file.ToArray();
    }
}
