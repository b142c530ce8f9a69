using Trama.Captures.Files;

namespace Trama.Captures.Tests.Files;

/// <summary>Rewriting pcapng files keeps everything that is not filtered out.</summary>
public class PcapngCopyTests
{
    [Fact]
    public void A_copy_of_all_records_is_the_same_file()
    {
        byte[] file = Everything();
        Assert.Equal(file, Copy(file, _ => true));
    }

    [Fact]
    public void A_copy_without_a_packet_lacks_nothing_but_its_block()
    {
        byte[] file = Everything(), without = Everything(withFirstPacket: false);
        Assert.Equal(without, Copy(file, record => record.Bytes is not [1]));
    }

    [Fact]
    public void Every_reference_capture_is_copied_the_same()
    {
        foreach (string path in Directory.GetFiles(TestData.Shared("captures/tcp"), "*.pcapng"))
        {
            byte[] file = File.ReadAllBytes(path);
            Assert.True(file.AsSpan().SequenceEqual(Copy(file, _ => true)), path);
        }
    }

    private static byte[] Everything(bool withFirstPacket = true)
    {
        var file = new BlockWriter();
        file.Section().Block(4, [1, 2, 3, 4]).Interface(1, 100, file.Option(2, (byte)'l', (byte)'o'));
        // Decryption secrets, name resolution, statistics and a custom block.
        file.Block(10, [.. file.U32(0x544C534B), .. file.U32(4), 7, 7, 7, 7]).Block(0x0BAD, [9, 9, 9, 9]);
        if (withFirstPacket) file.Enhanced(0, 5, [1]);
        file.Enhanced(0, 6, [2], options: file.Option(1, (byte)'n', (byte)'o', (byte)'t', (byte)'e'));
        file.Section(bigEndian: true).Interface(101, 0).Enhanced(0, 7, [0x45]).Block(5, new byte[12]);
        return file.Build();
    }

    private static byte[] Copy(byte[] bytes, Predicate<KeptRecord> wanted)
    {
        using var folder = new TemporaryFolder();
        string path = folder["copy.pcapng"];
        using (CaptureFile file = CaptureFile.Open(new MemoryStream(bytes), keepBlocks: true))
        using (var copy = new PcapngCopy(path, file))
        {
            while (file.TryRead(out Record record))
                if (wanted(KeptRecord.Of(record))) copy.Write(record);
            Assert.True(file.End?.IsComplete);
        }

        return File.ReadAllBytes(path);
    }
}
