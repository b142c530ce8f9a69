using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>A record that is read by where it begins is the one that was there when the file was read from front to back.</summary>
public class CaptureRecordsTests
{
    [Fact]
    public void Records_are_the_same_in_any_order()
    {
        string[] paths = [.. Directory.EnumerateFiles(TestData.Shared("captures"), "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length < 500_000).Order(StringComparer.Ordinal)];
        int files = 0;
        var random = new Random(1);
        foreach (string path in paths)
        {
            using CaptureFile file = CaptureFile.Open(path);
            if (CaptureRecords.Open(file, path) is not { } records) continue;
            using (records)
            {
                var known = new List<(long Start, KeptRecord Record)>();
                while (file.TryRead(out Packets.Record record)) known.Add((file.RecordStart, KeptRecord.Of(record)));
                // A file of several sections has no more than a clean refusal.
                bool isWhole = known.Count > 0 && records.TryRead(known[0].Start, out _);
                if (!isWhole) continue;
                foreach ((long start, KeptRecord kept) in known.OrderBy(_ => random.Next()))
                {
                    Assert.True(records.TryRead(start, out Packets.Record record), $"{path} at {start}");
                    Assert.Equal(kept, KeptRecord.Of(record));
                }

                Assert.False(records.TryRead(new FileInfo(path).Length + 10, out _));
                files++;
            }
        }

        Assert.True(files > 20, $"{files} files");
    }

    [Fact]
    public void A_compressed_file_has_none()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using (var output = new System.IO.Compression.GZipStream(File.Create(path), System.IO.Compression.CompressionLevel.Fastest))
                output.Write(File.ReadAllBytes(Directory.EnumerateFiles(
                    TestData.Shared("captures"), "*.pcap", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First()));
            using CaptureFile file = CaptureFile.Open(path);
            Assert.Null(CaptureRecords.Open(file, path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_latest_records_are_in_memory_and_the_oldest_are_not()
    {
        var recent = new RecentRecords(3 << 20);
        byte[] bytes = new byte[1000];
        for (int number = 1; number <= 10_000; number++)
        {
            bytes[0] = (byte)number;
            recent.Add(new Packets.Record(new Timestamp(number), LinkType.Ethernet, bytes, 1500), number * 2);
        }

        Assert.False(recent.TryRead(2, out _));
        Assert.False(recent.TryRead(19_999, out _));
        Assert.True(recent.TryRead(18_000, out Packets.Record record));
        Assert.Equal((9_000, (byte)(9_000 & 255), 1000, 1500),
            (record.Timestamp.Nanoseconds, record.Bytes[0], record.Bytes.Length, record.OriginalLength));
    }
}
