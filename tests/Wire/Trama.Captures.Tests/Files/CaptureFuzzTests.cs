using System.IO.Compression;

namespace Trama.Captures.Tests.Files;

/// <summary>
/// Damaged captures of every format end in a told end: never in an exception, a hang or memory growing with a length field. A run
/// is the same every time; <c>TRAMA_FUZZ_SECONDS</c> makes it longer, and <c>TRAMA_FUZZ_SEED</c> another one.
/// </summary>
public class CaptureFuzzTests
{
    private const int ShortRun = 4_000;
    private const int LargestPacket = 128 * 1024 * 1024;

    // The window, twice, as it grows once at most for inputs of this size.
    private const long MemoryBound = 2 * 1024 * 1024;

    [Fact]
    public void Every_byte_of_a_capture_may_be_any_other()
    {
        // Text has no lengths to damage; the mixtures below meet it.
        foreach (string path in OwnCaptures.All.Concat(
            OwnCaptures.OfOthers.Where(path => !path.EndsWith(".txt", StringComparison.Ordinal))))
        {
            byte[] file = File.ReadAllBytes(path);
            for (int i = 0; i < file.Length; i++)
            {
                byte original = file[i];
                foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7F, 0x80, 0xFF, (byte)(original ^ 0x10), (byte)(original + 1)])
                {
                    file[i] = value;
                    Check(file, bounded: true);
                }

                file[i] = original;
            }
        }
    }

    [Fact]
    public void Any_mixture_of_damages_is_read_to_a_told_end()
    {
        byte[][] seeds = [.. OwnCaptures.All.Concat(OwnCaptures.OfOthers).Select(File.ReadAllBytes), RoundTripTests.Pcapng([]), Variants()];
        Run(seeds, bounded: true);
    }

    [Fact]
    public void Damaged_compressed_captures_are_read_to_a_told_end() => Run([Gzip(), Zstd()], bounded: false);

    private static void Run(byte[][] seeds, bool bounded)
    {
        var random = new Random(Setting("TRAMA_FUZZ_SEED") ?? 20_240_205);
        DateTime? end = Setting("TRAMA_FUZZ_SECONDS") is { } seconds ? DateTime.UtcNow.AddSeconds(seconds) : null;
        for (int i = 0; end is null ? i < ShortRun : DateTime.UtcNow < end; i++)
        {
            byte[] input = Mutation.Of(seeds[random.Next(seeds.Length)], random);
            try
            {
                Check(input, bounded);
            }
            catch (Exception error)
            {
                Assert.Fail($"{error.Message}\ninput: {Convert.ToBase64String(input)}");
            }
        }
    }

    private static void Check(byte[] input, bool bounded)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        using CaptureFile file = CaptureFile.Open(new MemoryStream(input));
        long bytes = 0;
        while (file.TryRead(out Record record))
        {
            Assert.True(record.Bytes.Length <= LargestPacket);
            Assert.InRange(record.InterfaceId, 0, file.Interfaces.Count - 1);
            bytes += record.Bytes.Length;
        }

        Assert.NotNull(file.End);
        Assert.NotEmpty(file.End.ToString());
        Assert.False(file.TryRead(out _));
        if (!bounded) return;
        // A line of text may be shorter than the headers that are made of it.
        Assert.True(bytes <= 4L * input.Length);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MemoryBound);
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out int value) ? value : null;

    private static byte[] Variants()
    {
        var file = new BlockWriter();
        file.Section().Interface(1, 100, file.Option(2, 1, 2, 3), file.Option(9, 9)).Simple(3, [1, 2, 3]).Obsolete(0, 7, [9, 9]);
        file.Section(bigEndian: true).Block(10, [1, 2, 3, 4]).Interface(113, 50, file.Option(14, 0, 0, 0, 0, 0, 0, 1, 0))
            .Enhanced(0, 1536, [2]);
        return file.Build();
    }

    private static byte[] Gzip()
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(OwnCaptures.Bytes("lesson.pcapng"));
        return stream.ToArray();
    }

    private static byte[] Zstd()
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(OwnCaptures.Bytes("lesson.pcap")).ToArray();
    }
}
