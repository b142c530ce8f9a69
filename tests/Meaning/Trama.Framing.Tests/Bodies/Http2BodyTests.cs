using System.Text;
using CsCheck;
using Trama.Framing.Bodies;
using static Trama.Framing.Tests.Http2.Frames;

namespace Trama.Framing.Tests.Bodies;

/// <summary>The bodies of HTTP/2 and the messages of gRPC in it, several at a time.</summary>
public class Http2BodyTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 500).Select(i => $"linha {i}\n")));

    [Fact]
    public void Bodies_whose_frames_alternate_are_told_apart_and_decoded()
    {
        byte[][] gzip = [.. HttpBodyTests.Compress("gzip", Text).Chunk(100)], brotli = [.. HttpBodyTests.Compress("br", Text).Chunk(90)];
        byte[] frames =
        [
            .. Enumerable.Range(0, Math.Max(gzip.Length, brotli.Length)).SelectMany(i => (byte[])
            [
                .. i < gzip.Length ? Padded(1, gzip[i], isOver: i == gzip.Length - 1) : [],
                .. i < brotli.Length ? Data(3, isOver: i == brotli.Length - 1, brotli[i]) : [],
            ]),
        ];
        (Direction, byte[])[] said =
        [
            (Direction.ToServer, [.. Preface, .. Settings(), .. Get(1, "/a"), .. Get(3, "/b")]),
            (Direction.ToClient,
            [
                .. Settings(), .. Headers(1, false, ":status: 200", "+content-type: text/plain;charset=utf-8", "content-encoding: gzip"),
                .. Headers(3, false, ":status: 200", "62", "content-encoding: br"), .. frames,
            ]),
        ];
        Gen.Int[1, 600].Sample(piece =>
        {
            ToldBodies told = ToldBodies.Of(new BodyReading { TellsAll = true }, piece, said);
            Assert.Equal(["gzip", "br"], told.Bodies.Select(body => body.Encoding).OrderDescending());
            Assert.All(told.Bodies, body => Assert.Equal(("text/plain", BodyObstacle.None), (body.MediaType, body.Obstacle)));
            Assert.All(told.Bodies, body => Assert.Equal(Text.Length, body.DecodedBytes));
            Assert.All(told.Bodies, body => Assert.Equal(Text, body.Said));
            Assert.StartsWith("[1: GET /a][3: GET /b][1: 200][3: 200]linha 0", told.Content.ToString(), StringComparison.Ordinal);
        }, iter: 20);
    }

    [Fact]
    public void Messages_of_gRPC_are_decoded_each_by_itself()
    {
        byte[] plain = "um"u8.ToArray(), packed = HttpBodyTests.Compress("gzip", Text);
        byte[] encoded = [1, .. Number((uint)packed.Length), .. packed];
        byte[] messages = [0, .. Number((uint)plain.Length), .. plain, .. encoded, .. encoded];
        (Direction, byte[])[] said =
        [
            (Direction.ToServer,
            [
                .. Preface, .. Settings(), .. Post(1, "/shop.Orders/List", "content-type: application/grpc+proto", "grpc-encoding: gzip"),
                .. messages.Chunk(50).SelectMany(part => Data(1, false, part)), .. Data(1, true),
            ]),
        ];
        Gen.Int[1, 600].Sample(piece =>
        {
            ToldBodies.Body body = Assert.Single(ToldBodies.Of(new BodyReading(), piece, said).Bodies);
            Assert.Equal(
                ("application/grpc+proto", "gzip", messages.Length, plain.Length + (2 * Text.Length), BodyObstacle.None),
                (body.MediaType, body.Encoding, (int)body.Bytes, (int)body.DecodedBytes!, body.Obstacle));
            Assert.Equal((byte[])[.. plain, .. Text, .. Text], body.Said);
        }, iter: 20);
    }

    [Fact]
    public void Streams_that_are_open_at_a_time_share_what_decoders_may_hold()
    {
        byte[] gzip = HttpBodyTests.Compress("gzip", Text);
        uint[] streams = [.. Enumerable.Range(0, BodyReading.MaxOpen + 5).Select(i => (uint)(2 * i) + 1)];
        ToldBodies told = ToldBodies.Of(
            new BodyReading(), 5000,
            (Direction.ToServer, [.. Preface, .. Settings(), .. streams.SelectMany(stream => Get(stream, "/a"))]),
            (Direction.ToClient,
            [
                .. Settings(), .. streams.SelectMany(stream => Headers(stream, false, ":status: 200", "content-encoding: gzip")),
                .. streams.SelectMany(stream => Data(stream, false, gzip[..40])),
                .. streams.SelectMany(stream => Data(stream, true, gzip[40..])),
            ]));
        Assert.Equal(streams.Length, told.Bodies.Count);
        Assert.Equal(5, told.Bodies.Count(body => body.Obstacle == BodyObstacle.Limit));
        Assert.All(told.Bodies.Where(body => body.Obstacle == BodyObstacle.None), body => Assert.Equal(Text, body.Said));
    }

    private static byte[] Padded(uint stream, byte[] body, bool isOver) =>
        Frame(0, (byte)(8 | (isOver ? EndStream : 0)), stream, [3], body, new byte[3]);
}
