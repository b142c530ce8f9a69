using System.IO.Compression;
using System.Text;
using Trama.Framing.Http2.Fields;
using Trama.Replay.Adapting;
using Trama.Replay.Adapting.Http2;
using Trama.Tracing;

namespace Trama.Replay.Tests.Adapting;

/// <summary>What is compressed in another way says the same.</summary>
public class DecodedContentTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("all the same ", 200)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Bodies_are_alike_by_what_they_say(string coding)
    {
        byte[] one = Compressed(coding, CompressionLevel.Fastest), other = Compressed(coding, CompressionLevel.SmallestSize);
        // The time when it was made (RFC 1952 section 2.3.1).
        if (coding == "gzip") other[4] = 77;
        Assert.NotEqual(one, other);
        Assert.Equal(Content(Http1(coding, one)), Content(Http1(coding, other)));
        Assert.EndsWith("all the same ", Encoding.ASCII.GetString(Content(Http1(coding, one))), StringComparison.Ordinal);
        Assert.Equal(Content(Http2(coding, one), "http2"), Content(Http2(coding, other), "http2"));
        Assert.NotEqual(Content(Http1(coding, one)), Content(Http1(coding, one[..(one.Length / 2)])));
    }

    [Fact]
    public void What_cannot_be_decoded_stays_as_it_is() =>
        Assert.EndsWith("no gzip", Encoding.ASCII.GetString(Content(Http1("gzip", "no gzip"u8.ToArray()))), StringComparison.Ordinal);

    [Fact]
    public void Few_bytes_of_a_client_do_not_become_very_many()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(new byte[64 << 20]);
        byte[] request = [.. "POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\n"u8, .. bomb.ToArray()];
        Assert.InRange(new Adaptations().Of("http1").Content(request, Side.Client).Length, 1, 8 << 20);
    }

    private static byte[] Content(byte[] reply, string protocol = "http1") =>
        new Adaptations().Of(protocol).Content(reply, Side.Server).ToArray();

    private static byte[] Http1(string coding, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Http2(string coding, byte[] body)
    {
        var message = new StreamMessage();
        message.Add([new HeaderField(":status", "200"), new("content-encoding", coding)], endsStream: false);
        message.Add(body, endsStream: true);
        return message.Frames.ToArray();
    }

    private static byte[] Compressed(string coding, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(compressed, level),
            "deflate" => new ZLibStream(compressed, level),
            _ => new BrotliStream(compressed, level),
        }) stream.Write(Text);
        return compressed.ToArray();
    }
}
