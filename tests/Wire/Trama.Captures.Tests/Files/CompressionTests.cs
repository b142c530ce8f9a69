using System.IO.Compression;

namespace Trama.Captures.Tests.Files;

/// <summary>Compressed captures are recognised by their first bytes and read like others.</summary>
public class CompressionTests
{
    [Fact]
    public void A_file_compressed_with_gzip_is_read()
    {
        Assert.Equal(Lesson(), KeptRecord.ReadAll(Gzip(OwnCaptures.Bytes("lesson.pcapng")), out CaptureEnd end));
        Assert.True(end.IsComplete);
    }

    [Fact]
    public void A_file_compressed_with_zstd_is_read()
    {
        Assert.Equal(Lesson(), KeptRecord.ReadAll(Zstd(OwnCaptures.Bytes("lesson.pcap")), out CaptureEnd end));
        Assert.True(end.IsComplete);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compressed_data_that_stop_are_told_after_the_records_before(bool gzip)
    {
        byte[] file = gzip ? Gzip(OwnCaptures.Bytes("lesson.pcap")) : Zstd(OwnCaptures.Bytes("lesson.pcap"));
        for (int length = 4; length < file.Length; length++)
        {
            List<KeptRecord> records = KeptRecord.ReadAll(file[..length], out CaptureEnd end);
            Assert.Equal(Lesson().Take(records.Count), records);
            Assert.Equal((length, CaptureFault.BadCompression), (length, end.Fault));
        }
    }

    [Fact]
    public void A_stream_that_gives_a_byte_at_a_time_is_read_like_any()
    {
        using CaptureFile file = CaptureFile.Open(new ByteByByte(Gzip(OwnCaptures.Bytes("lesson.pcap"))));
        Assert.Equal(Lesson(), KeptRecord.ReadAll(file));
        Assert.True(file.End?.IsComplete);
    }

    private static List<KeptRecord> Lesson() => KeptRecord.ReadAll(OwnCaptures.Bytes("lesson.pcap"), out _);

    private static byte[] Gzip(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(bytes).ToArray();
    }

    private sealed class ByteByByte(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);
    }
}
