using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Trama.Framing.WebSocket;

namespace Trama.Framing.Tests.WebSocket;

public class WebSocketTests
{
    private const byte Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10, Continued = 0, Last = 0x80, Compressed = 0x40;

    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    [Fact]
    public void Either_side_speaks_and_nothing_but_a_ping_or_a_close_is_answered() => AssertTold(
        null,
        [
            ">: text = text Hello [NoReply, Asks]",
            "<: ping [Asks]",
            ">: pong [Answers]",
            "<: binary = binary \\x00\\x01 [NoReply, Asks]",
            "> #1: close 1000 = close 1000 bye [Asks, Goodbye]",
            "< #1: 1011 failed [Answers, Goodbye]",
        ],
        (Direction.ToServer, [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]),
        (Direction.ToClient, [.. Frame(Last | Ping, "?"u8.ToArray())]),
        (Direction.ToServer, Masked(Last | Pong, "?"u8.ToArray())),
        (Direction.ToClient, Frame(Last | Binary, 0, 1)),
        (Direction.ToServer, Masked(Last | Close, [3, 0xe8, .. "bye"u8])),
        (Direction.ToClient, Frame(Last | Close, 3, 0xf3)));

    [Fact]
    public void A_message_in_several_frames_lets_others_come_in_between() => AssertTold(
        null,
        [
            ">: ping [Asks]",
            ">: text = text one two three [NoReply, Asks]",
            ">: binary = binary " + new string('x', 150) + "… [NoReply, Asks]",
        ],
        (Direction.ToServer,
        [
            .. Masked(Text, "one "u8.ToArray()), .. Masked(Last | Ping, []), .. Masked(Continued, "two "u8.ToArray()),
            .. Masked(Last | Continued, "three"u8.ToArray()), .. Masked(Last | Binary, [.. Enumerable.Repeat((byte)'x', 70_000)]),
        ]));

    [Theory]
    [InlineData("permessage-deflate", false)]
    [InlineData("x-other, permessage-deflate; client_max_window_bits=15; CLIENT_no_context_takeover", true)]
    public void Compressed_messages_are_inflated_with_or_without_those_before_them(string agreed, bool forgets)
    {
        byte[][] deflated = Deflated(forgets, "Hello, hello", "Hello, hello", "Hello, hello again");
        var deflate = WebSocketDeflate.Agreed(Encoding.ASCII.GetBytes(agreed));
        AssertTold(
            deflate,
            [
                ">: text = text Hello, hello [NoReply, Asks]",
                ">: text = text plain [NoReply, Asks]",
                ">: text = text Hello, hello [NoReply, Asks]",
                ">: text = text Hello, hello again [NoReply, Asks]",
            ],
            (Direction.ToServer,
            [
                .. Masked(Last | Compressed | Text, deflated[0]), .. Masked(Last | Text, "plain"u8.ToArray()),
                .. Masked(Compressed | Text, deflated[1][..3]), .. Masked(Last | Continued, deflated[1][3..]),
                    .. Masked(Last | Compressed | Text, deflated[2]),
            ]));
    }

    [Fact]
    public void The_rest_of_a_message_whose_beginning_is_missing_says_nothing()
    {
        var messages = new FramedMessages(new WebSocketProtocol(null).Create());
        messages.Take(Direction.ToClient, Frame(Last | Binary, 1, 2));
        messages.Framing[Direction.ToClient].Skip(6);
        messages.Take(Direction.ToClient, [.. Frame(Continued, "more "u8.ToArray()), .. Frame(Last | Continued, "words"u8.ToArray())]);
        messages.Take(Direction.ToClient, Frame(Last | Text, "whole"u8.ToArray()));
        Assert.Equal("<:  [NoReply, Asks]", messages.Log[^2]);
        Assert.Equal("<: text = text whole [NoReply, Asks]", messages.Log[^1]);
    }

    [Fact]
    public void No_extension_is_no_compression()
    {
        Assert.Null(WebSocketDeflate.Agreed("x-webkit-deflate-frame; permessage=1"u8));
        Assert.Equal(["> BadFrame at 0"], Told(null, 100, (Direction.ToServer, Masked(Last | Compressed | Text, [1]))));
    }

    [Fact]
    public void A_bomb_is_inflated_no_further_than_its_bound()
    {
        byte[] bomb = Deflated(forgets: true, new string('a', 300 << 20))[0];
        var messages = new FramedMessages(new WebSocketProtocol(new WebSocketDeflate(true, true)).Create());
        byte[] said = [.. Masked(Last | Compressed | Text, bomb), .. Masked(Last | Text, "on"u8.ToArray())];
        long before = GC.GetAllocatedBytesForCurrentThread();
        messages.Take(Direction.ToServer, said);
        // Without optimisation, tables that are constants cost something each time; still a fraction of the 300 MiB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.Equal(">: text = text on [NoReply, Asks]", messages.Log[1]);
    }

    [Theory]
    [InlineData("c1850102030401020304")]
    [InlineData("8105")]
    [InlineData("8380" + "01020304")]
    [InlineData("0980" + "01020304")]
    [InlineData("89fe0100" + "01020304")]
    [InlineData("81fe000501020304")]
    [InlineData("81ff8000000000000000" + "01020304")]
    [InlineData("0181" + "00000000" + "61" + "8181" + "00000000" + "61")]
    public void What_a_client_cannot_say_does_not_fit(string hex) =>
        Assert.StartsWith("> BadFrame at ", Told(null, 100, (Direction.ToServer, Convert.FromHexString(hex)))[^1],
            StringComparison.Ordinal);

    [Fact]
    public void After_missing_bytes_a_piece_of_whole_frames_is_the_way_again()
    {
        var messages = new FramedMessages(new WebSocketProtocol(null).Create());
        messages.Take(Direction.ToServer, Masked(Last | Text, new byte[60]).AsSpan(0, 20));
        messages.Skip(Direction.ToServer, 300);
        messages.Take(Direction.ToServer, "no frame"u8);
        messages.Take(Direction.ToServer, [.. Masked(Last | Text, "a"u8.ToArray()), .. Masked(Last | Text, "b"u8.ToArray())]);
        Assert.Equal(">: text = text a [NoReply, Asks]", messages.Log[^2]);
        Assert.Equal(">: text = text b [NoReply, Asks]", messages.Log[^1]);
    }

    [Fact]
    public void No_bytes_do_harm() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40], Gen.Bool).Sample((bytes, piece, isCompressed) =>
    {
        foreach (Direction from in (Direction[])[Direction.ToServer, Direction.ToClient])
        {
            var messages = new FramedMessages(new WebSocketProtocol(isCompressed ? new WebSocketDeflate(false, false) : null).Create());
            messages.Take(from, from == Direction.ToServer ? Masked(Last | Text | (isCompressed ? Compressed : 0), bytes)
                : Frame(Last | Text, bytes));
            foreach (byte[] part in bytes.Chunk(piece)) messages.Take(from, part);
        }
    });

    private static byte[] Masked(int first, byte[] payload) =>
        Frame(first, Mask, [.. payload.Select((one, i) => (byte)(one ^ Mask[i & 3]))]);

    private static byte[] Frame(int first, params byte[] payload) => Frame(first, [], payload);

    private static byte[] Frame(int first, byte[] mask, byte[] payload)
    {
        int isMasked = mask.Length > 0 ? 0x80 : 0;
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        byte[] written = payload.Length < 126 ? [(byte)(isMasked | payload.Length)]
            : payload.Length <= ushort.MaxValue ? [(byte)(isMasked | 126), .. length[6..]] : [(byte)(isMasked | 127), .. length];
        return [(byte)first, .. written, .. mask, .. payload];
    }

    // As a sender does it: flushed after each message, without the flush's last four bytes.
    private static byte[][] Deflated(bool forgets, params string[] messages)
    {
        var output = new MemoryStream();
        var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        var deflated = new List<byte[]>();
        foreach (string message in messages)
        {
            output.SetLength(0);
            deflate.Write(Encoding.UTF8.GetBytes(message));
            deflate.Flush();
            deflated.Add(output.ToArray()[..^4]);
            if (forgets) deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        }

        return [.. deflated];
    }

    private static List<string> Told(WebSocketDeflate? deflate, int piece, params (Direction From, byte[] Bytes)[] said) =>
        FramedMessages.Of(new WebSocketProtocol(deflate).Create(), piece, said).Log;

    private static void AssertTold(WebSocketDeflate? deflate, string[] expected, params (Direction From, byte[] Bytes)[] said)
    {
        for (int piece = 1; piece <= 20; piece++) Assert.Equal(expected, Told(deflate, piece, said));
        Assert.Equal(expected, Told(deflate, 100_000, said));
    }
}
