using System.IO.Compression;
using Trama.Captures;
using Trama.Captures.Files;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Reports.Browsing.Answers;

namespace Trama.Cli.Tests.Capturing;

public sealed class PacketsAgainTests : IDisposable
{
    private const int Packets = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("trama-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData(false), InlineData(true)]
    public void What_is_behind_the_last_packet_is_not_looked_for(bool isCompressed)
    {
        using PacketsAgain again = Read(Make(isCompressed));
        Assert.Equal([1, Packets], Numbers(again, 1, Packets));
        Assert.Equal([Packets], Numbers(again, Packets, Packets + 1, long.MaxValue));
        Assert.Empty(Numbers(again, long.MaxValue));
    }

    [Fact]
    public void Of_a_file_that_is_gone_nothing_is_given()
    {
        string path = Make(isCompressed: true);
        using PacketsAgain again = Read(path);
        File.Delete(path);
        Assert.Empty(Numbers(again, 1));
    }

    [Fact]
    public void What_became_of_a_file_is_told()
    {
        string path = Make(isCompressed: false);
        var known = new ReadFiles([path]);
        Assert.Equal(FileChange.None, known.Change);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal(FileChange.Replaced, known.Change);
        File.AppendAllText(path, "more");
        Assert.Equal(FileChange.Grown, known.Change);
        File.WriteAllText(path, "");
        Assert.Equal(FileChange.Cut, known.Change);
        File.Delete(path);
        Assert.Equal(FileChange.Gone, known.Change);
    }

    private static List<long> Numbers(PacketsAgain again, params long[] numbers)
    {
        List<long> given = [];
        again.Read(numbers, (in Trama.Packets.Record _, long number) => given.Add(number), TestContext.Current.CancellationToken);
        return given;
    }

    private static PacketsAgain Read(string path)
    {
        var again = new PacketsAgain();
        using CaptureFile file = CaptureFile.Open(path);
        again.Begin(file, path);
        for (long number = 1; file.TryRead(out Trama.Packets.Record record); number++) again.Note(file, record, number);
        return again;
    }

    private string Make(bool isCompressed)
    {
        string path = Path.Combine(_folder, "made.pcap");
        using (var writer = new PcapWriter(path, LinkType.Raw))
            for (int i = 0; i < Packets; i++) writer.Write(new Trama.Packets.Record(new Timestamp(i), LinkType.Raw, new byte[40], 40));
        if (!isCompressed) return path;
        using (FileStream from = File.OpenRead(path))
        using (var to = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Fastest)) from.CopyTo(to);
        return path + ".gz";
    }
}
