using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Trama.Captures.Tests.Files;

/// <summary>The TLS secrets in a pcapng file, wherever in it they stand.</summary>
public sealed class SecretsTests : IDisposable
{
    private const uint TlsKeyLog = 0x544c534b, WireGuardKeyLog = 0x57474b4c;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, false, 3)]
    [InlineData(true, false, 3)]
    [InlineData(false, true, 3)]
    [InlineData(false, false, 200_000)]
    [InlineData(true, true, 200_000)]
    public void Secrets_behind_packets_are_there_before_these_are_read(bool bigEndian, bool isCompressed, int packets)
    {
        string path = Write(Capture(bigEndian, packets), isCompressed);
        using CaptureFile file = CaptureFile.Open(path);
        var asMet = new List<string>();
        var all = new List<string>();
        file.ForwardTlsSecrets(keyLog => asMet.Add(Encoding.UTF8.GetString(keyLog).TrimEnd('\n')));
        Assert.Equal(["first"], asMet);
        Assert.True(file.TryRead(out _));
        file.ForwardAllTlsSecrets(keyLog => all.Add(Encoding.UTF8.GetString(keyLog).TrimEnd('\n')));
        Assert.Equal(["first", "middle", "last"], all);
        // Reading goes on as if nothing had been.
        Assert.Equal(["first"], asMet);
        int read = 1;
        while (file.TryRead(out Record record))
        {
            read++;
            Assert.Equal(read, record.Bytes[0] | record.Bytes[1] << 8 | record.Bytes[2] << 16);
        }

        Assert.True(file.End is { IsComplete: true });
        Assert.Equal(packets, read);
        Assert.Equal(["first", "middle", "last"], asMet);
    }

    [Fact]
    public void Of_a_stream_that_is_no_file_secrets_count_from_where_they_stand()
    {
        using CaptureFile pipe = CaptureFile.Open(new MemoryStream(Capture(bigEndian: false, 3)));
        var all = new List<string>();
        pipe.ForwardAllTlsSecrets(keyLog => all.Add(Encoding.UTF8.GetString(keyLog)));
        Assert.Empty(all);
    }

    [Fact]
    public void Secrets_before_a_damaged_block_count_and_a_closed_file_has_none()
    {
        byte[] whole = Capture(bigEndian: false, 3);
        CaptureFile file = CaptureFile.Open(Write(whole[..^2], isCompressed: false));
        int found = 0;
        file.ForwardAllTlsSecrets(_ => found++);
        Assert.Equal(2, found);
        file.Dispose();
        file.ForwardAllTlsSecrets(_ => found++);
        Assert.Equal(2, found);
    }

    private static byte[] Capture(bool bigEndian, int packets)
    {
        BlockWriter writer = new BlockWriter().Section(bigEndian);
        Secrets(writer, TlsKeyLog, "first");
        writer.Interface();
        for (int i = 1; i <= packets; i++)
        {
            if (i == 3) Secrets(writer, TlsKeyLog, "middle");
            byte[] packet = new byte[60];
            BinaryPrimitives.WriteInt32LittleEndian(packet, i);
            writer.Enhanced(0, (ulong)i, packet);
        }

        Secrets(writer, WireGuardKeyLog, "of another protocol");
        return Secrets(writer, TlsKeyLog, "last").Build();
    }

    private static BlockWriter Secrets(BlockWriter writer, uint type, string text)
    {
        byte[] padded = new byte[(text.Length + 3) & ~3];
        Encoding.ASCII.GetBytes(text, padded);
        return writer.Block(10, [.. writer.U32(type), .. writer.U32((uint)text.Length), .. padded]);
    }

    private string Write(byte[] bytes, bool isCompressed)
    {
        string path = _folder["secrets.pcapng"];
        using FileStream file = File.Create(path);
        using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
        return path;
    }
}
