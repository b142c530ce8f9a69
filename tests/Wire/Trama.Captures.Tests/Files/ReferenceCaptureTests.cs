namespace Trama.Captures.Tests.Files;

/// <summary>Every reference capture, against the number of records that libpcap reads from it.</summary>
public class ReferenceCaptureTests
{
    // libpcap refuses interfaces that differ in link type or snapshot length; this project reads them.
    private static readonly Dictionary<string, long> ReadFurther = new() { ["zeek-ldap-modify-request.pcapng"] = 17 };

    [Fact]
    public void Every_capture_has_as_many_records_as_libpcap_reads()
    {
        string folder = TestData.Shared("captures");
        List<string> differing = [];
        foreach (string[] row in File.ReadLines(Path.Combine(folder, "MANIFEST.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            long expected = ReadFurther.TryGetValue(row[0], out long more)
                ? more : long.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture);
            long found = Count(Path.Combine(folder, row[1], row[0]), out CaptureEnd end);
            if (found != expected) differing.Add($"{row[1]}/{row[0]}: {found} instead of {expected}, {end}");
        }

        Assert.Empty(differing);
    }

    private static long Count(string path, out CaptureEnd end)
    {
        using CaptureFile file = CaptureFile.Open(path);
        long count = 0;
        while (file.TryRead(out Record record))
        {
            Assert.True(record.Bytes.Length <= 128 * 1024 * 1024);
            count++;
        }

        end = Assert.IsType<CaptureEnd>(file.End);
        return count;
    }
}
