using System.IO.Compression;
using System.Text;
using CsCheck;
using Trama.Framing.Bodies;

namespace Trama.Framing.Tests.Bodies;

/// <summary>The bodies of HTTP/1.1: what they are, and what they say once they are put together and decoded.</summary>
public class HttpBodyTests
{
    private const string Request = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";

    private static readonly string Text = string.Concat(Enumerable.Range(0, 900).Select(i => $"linha {i}: ação\n"));

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("deflate without zlib's header")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void A_compressed_body_says_what_was_compressed_wherever_it_is_cut(string coding)
    {
        byte[] encoded = Compress(coding, Encoding.UTF8.GetBytes(Text));
        string name = coding.Split(' ')[0];
        Gen.Select(Gen.Int[1, 3000], Gen.Int[1, 3000], Gen.Bool).Sample((piece, chunk, isChunked) =>
        {
            string fields = $"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=utf-8\r\nContent-Encoding: {name}\r\n";
            byte[] reply = isChunked ? Chunked(fields, encoded, chunk) : Plain(fields, encoded);
            ToldBodies told = Told(piece, reply);
            ToldBodies.Body body = Assert.Single(told.Bodies);
            Assert.Equal(
                ("text/html", name, (long)encoded.Length, (long?)Encoding.UTF8.GetByteCount(Text), BodyObstacle.None),
                (body.MediaType, body.Encoding, body.Bytes, body.DecodedBytes, body.Obstacle));
            Assert.Equal(Text, Encoding.UTF8.GetString(body.Said));
        });
    }

    [Fact]
    public void All_that_is_said_is_told_without_chunks()
    {
        const string fields = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
        foreach (int piece in (int[])[1, 7, 10_000])
        {
            var reading = new BodyReading { TellsAll = true };
            ToldBodies told = ToldBodies.Of(
                reading, piece, (Direction.ToServer, Encoding.ASCII.GetBytes(Request)),
                (Direction.ToClient, Chunked(fields, "um dois"u8.ToArray(), 3)));
            Assert.Equal(Request + fields + "Transfer-Encoding: chunked\r\n\r\num dois", told.Content.ToString());
        }
    }

    [Theory]
    [InlineData("compress", BodyObstacle.Coding)]
    [InlineData("zstd", BodyObstacle.Malformed)]
    [InlineData("gzip, br", BodyObstacle.Coding)]
    [InlineData("gzip", BodyObstacle.Malformed)]
    [InlineData("deflate", BodyObstacle.Malformed)]
    [InlineData("br", BodyObstacle.Malformed)]
    public void What_cannot_be_decoded_says_why(string coding, object obstacle)
    {
        byte[] reply = Plain(
            $"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n", Encoding.ASCII.GetBytes("this is no such thing at all, is it?"));
        ToldBodies.Body body = Assert.Single(Told(10_000, reply).Bodies);
        Assert.Equal((coding, obstacle), (body.Encoding, body.Obstacle));
    }

    [Fact]
    public void A_body_that_ends_before_its_end_is_malformed_and_says_its_beginning()
    {
        byte[] encoded = Compress("gzip", Encoding.UTF8.GetBytes(Text))[..^200];
        ToldBodies.Body body = Assert.Single(Told(500, Plain("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n", encoded)).Bodies);
        Assert.Equal(BodyObstacle.Malformed, body.Obstacle);
        Assert.StartsWith("linha 0: ação\nlinha 1", Encoding.UTF8.GetString(body.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_gzip_follow_each_other_and_what_is_none_is_passed_over()
    {
        byte[] one = Compress("gzip", "um "u8.ToArray()), two = Compress("gzip", "dois"u8.ToArray());
        ToldBodies.Body body = Assert.Single(
            Told(1, Plain("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n", [.. one, .. two, 0, 0, 0])).Bodies);
        Assert.Equal(("um dois", BodyObstacle.None), (Encoding.UTF8.GetString(body.Said), body.Obstacle));
    }

    [Fact]
    public void Frames_of_zstd_follow_each_other_and_a_cut_one_is_malformed()
    {
        byte[] one = Compress("zstd", "um "u8.ToArray()), two = Compress("zstd", "dois"u8.ToArray());
        foreach (int piece in (int[])[1, 1000])
        {
            const string fields = "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n";
            ToldBodies.Body body = Assert.Single(Told(piece, Plain(fields, [.. one, .. two])).Bodies);
            Assert.Equal(("um dois", BodyObstacle.None), (Encoding.UTF8.GetString(body.Said), body.Obstacle));
            body = Assert.Single(Told(piece, Plain(fields, [.. one, .. two[..^3]])).Bodies);
            Assert.Equal(BodyObstacle.Malformed, body.Obstacle);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void A_bomb_says_no_more_than_all_bodies_together_may(string coding)
    {
        // 300 MB of zeros in some hundred kilobytes, or some hundred bytes.
        byte[] bomb = Compress(coding, new byte[300 << 20]);
        var reading = new BodyReading();
        ToldBodies told = ToldBodies.Of(
            reading, 1460, (Direction.ToServer, Encoding.ASCII.GetBytes(Request)),
            (Direction.ToClient, Plain($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n", bomb)));
        ToldBodies.Body body = Assert.Single(told.Bodies);
        Assert.Equal(BodyObstacle.Limit, body.Obstacle);
        Assert.InRange(body.DecodedBytes!.Value, 1, BodyReading.Advance + ((long)bomb.Length * BodyReading.Growth));
    }

    [Fact]
    public void Requests_have_bodies_and_empty_ones_are_none()
    {
        const string post = "POST /x HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        ToldBodies told = ToldBodies.Of(
            new BodyReading(), 3, (Direction.ToServer, Encoding.ASCII.GetBytes(post)),
            (Direction.ToClient, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray()));
        ToldBodies.Body body = Assert.Single(told.Bodies);
        Assert.Equal((Direction.ToServer, "application/json", 2L, null), (body.From, body.MediaType, body.Bytes, body.DecodedBytes));
    }

    internal static byte[] Compress(string coding, byte[] text)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(compressed, leaveOpen: true),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new DeflateStream(compressed, CompressionLevel.Optimal, leaveOpen: true),
        }) stream.Write(text);
        return compressed.ToArray();
    }

    private static ToldBodies Told(int piece, byte[] reply) =>
        ToldBodies.Of(new BodyReading(), piece, (Direction.ToServer, Encoding.ASCII.GetBytes(Request)), (Direction.ToClient, reply));

    private static byte[] Plain(string fields, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"{fields}Content-Length: {body.Length}\r\n\r\n"), .. body];

    private static byte[] Chunked(string fields, byte[] body, int size) =>
    [
        .. Encoding.ASCII.GetBytes($"{fields}Transfer-Encoding: chunked\r\n\r\n"),
        .. body.Chunk(size).SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]),
        .. "0\r\nTrailer-Field: x\r\n\r\n"u8,
    ];
}
