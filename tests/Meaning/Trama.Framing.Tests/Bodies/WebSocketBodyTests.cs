using System.IO.Compression;
using System.Text;
using CsCheck;
using Trama.Framing.Bodies;

namespace Trama.Framing.Tests.Bodies;

/// <summary>What messages of WebSocket say, put together from frames, unmasked and inflated.</summary>
public class WebSocketBodyTests
{
    private const byte Text = 1, Binary = 2, Close = 8, Ping = 9, Continued = 0, Last = 0x80, Compressed = 0x40;

    private static readonly byte[] s_long = [.. Enumerable.Range(0, 90_000).Select(i => (byte)(i * i / 7))];

    [Fact]
    public void Messages_of_several_frames_and_others_in_between_say_what_was_said_wherever_they_are_cut() =>
        Gen.Int[1, 70_000].Sample(piece =>
        {
            ToldBodies told = Told("", piece, (Direction.ToServer,
            [
                .. Frame(Text, true, "one "u8), .. Frame(Last | Ping, true, "?"u8), .. Frame(Continued, true, "two "u8),
                .. Frame(Last | Continued, true, "three"u8), .. Frame(Last | Binary, true, s_long), .. Frame(Last | Text, true, default),
            ]), (Direction.ToClient, [.. Frame(Last | Binary, false, s_long), .. Frame(Last | Close, false, [3, 0xe8, .. "bye"u8])]));
            Assert.Equal(
                [("", 13L, (long?)null), ("", s_long.Length, null), ("", s_long.Length, null)],
                told.Bodies.Select(body => (body.Encoding, body.Bytes, body.DecodedBytes)));
            Assert.Equal(["one two three"u8.ToArray(), s_long, s_long], told.Bodies.Select(body => body.Said));
        }, iter: 30);

    [Theory]
    [InlineData("permessage-deflate", false)]
    [InlineData("permessage-deflate; server_no_context_takeover", true)]
    public void Compressed_messages_say_what_was_compressed(string agreed, bool forgets) => Gen.Int[1, 70_000].Sample(piece =>
    {
        string[] said = ["Hello, hello", "Hello, hello", new string('x', 400_000), "Hello, hello again"];
        byte[][] deflated = Deflated(forgets, said);
        ToldBodies told = Told(agreed, piece, (Direction.ToClient,
        [
            .. Frame(Last | Text | Compressed, false, deflated[0]), .. Frame(Text | Compressed, false, deflated[1].AsSpan(0, 2)),
            .. Frame(Last | Ping, false, default), .. Frame(Last | Continued, false, deflated[1].AsSpan(2)),
            .. Frame(Last | Text, false, "plain"u8), .. Frame(Last | Text | Compressed, false, deflated[2]),
            .. Frame(Last | Text | Compressed, false, deflated[3]),
        ]));
        Assert.Equal([said[0], said[1], "plain", said[2], said[3]], told.Bodies.Select(body => Encoding.UTF8.GetString(body.Said)));
        Assert.Equal(
            [(deflated[0].Length, said[0].Length), (deflated[1].Length, said[1].Length), (5, null), (deflated[2].Length, 400_000),
                (deflated[3].Length, (long?)said[3].Length)],
            told.Bodies.Select(body => (body.Bytes, body.DecodedBytes)));
        Assert.All(told.Bodies, body => Assert.Equal(BodyObstacle.None, body.Obstacle));
    }, iter: 30);

    [Fact]
    public void A_bomb_and_what_may_refer_to_it_are_not_read()
    {
        byte[][] deflated = Deflated(forgets: false, "before", new string('\0', 8 << 20), "after");
        ToldBodies told = Told(new BodyReading(1 << 20), "permessage-deflate", 1000, (Direction.ToClient,
            [.. deflated.SelectMany(message => Frame(Last | Text | Compressed, false, message))]));
        Assert.Equal(
            [BodyObstacle.None, BodyObstacle.Limit, BodyObstacle.Limit], told.Bodies.Select(body => body.Obstacle));
        Assert.InRange(told.Bodies[1].Said.Length, 0, 2 << 20);
    }

    [Fact]
    public void What_is_no_deflate_is_malformed_and_ends_what_can_be_read()
    {
        ToldBodies told = Told("permessage-deflate", 7, (Direction.ToClient,
        [
            .. Frame(Last | Text | Compressed, false, [0xff, 0xff, 0xff]), .. Frame(Last | Text | Compressed, false, Deflated(false, "x")[0]),
        ]));
        Assert.Equal([BodyObstacle.Malformed, BodyObstacle.MissingBytes], told.Bodies.Select(body => body.Obstacle));
    }

    [Fact]
    public void An_HTTP_body_that_names_this_coding_is_one_that_cannot_be_read()
    {
        ToldBodies told = ToldBodies.Of(new BodyReading(), 100, (Direction.ToServer, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray()),
            (Direction.ToClient, "HTTP/1.1 200 OK\r\nContent-Encoding: permessage-deflate\r\nContent-Length: 2\r\n\r\nxx"u8.ToArray()));
        Assert.Equal(BodyObstacle.Coding, Assert.Single(told.Bodies).Obstacle);
    }

    [Fact]
    public void Each_message_is_told_behind_its_kind()
    {
        ToldBodies told = Told(new BodyReading { TellsAll = true }, "", 5, (Direction.ToServer,
            [.. Frame(Last | Text, true, "hi"u8), .. Frame(Last | Text, true, "there"u8), .. Frame(Last | Ping, true, "?"u8)]),
            (Direction.ToClient, Frame(Last | Close, false, [3, 0xe8, .. "bye"u8])));
        Assert.EndsWith("[0: text]hi[0: text]there[1: ping][1: close 1000 bye]", told.Content.ToString(), StringComparison.Ordinal);
    }

    private static ToldBodies Told(string extensions, int piece, params (Direction From, byte[] Bytes)[] said) =>
        Told(new BodyReading(), extensions, piece, said);

    private static ToldBodies Told(BodyReading reading, string extensions, int piece, params (Direction From, byte[] Bytes)[] said)
    {
        string agreed = extensions.Length == 0 ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n";
        return ToldBodies.Of(
            reading, piece,
            [
                (Direction.ToServer, "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"u8.ToArray()),
                (Direction.ToClient, Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{agreed}\r\n")),
                .. said,
            ]);
    }

    private static byte[] Frame(int head, bool isMasked, ReadOnlySpan<byte> payload)
    {
        byte[] mask = [0x37, 0xfa, 0x21, 0x3d], plain = payload.ToArray();
        int bit = isMasked ? 0x80 : 0;
        byte[] length = plain.Length < 126 ? [(byte)(bit | plain.Length)]
            : plain.Length <= ushort.MaxValue ? [(byte)(bit | 126), (byte)(plain.Length >> 8), (byte)plain.Length]
            : [(byte)(bit | 127), 0, 0, 0, 0, 0, (byte)(plain.Length >> 16), (byte)(plain.Length >> 8), (byte)plain.Length];
        return isMasked ? [(byte)head, .. length, .. mask, .. plain.Select((value, i) => (byte)(value ^ mask[i & 3]))]
            : [(byte)head, .. length, .. plain];
    }

    private static byte[][] Deflated(bool forgets, params string[] messages)
    {
        var output = new MemoryStream();
        var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        return [.. messages.Select(message =>
        {
            output.SetLength(0);
            deflate.Write(Encoding.UTF8.GetBytes(message));
            deflate.Flush();
            if (forgets) deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
            return output.ToArray()[..^4];
        })];
    }
}
