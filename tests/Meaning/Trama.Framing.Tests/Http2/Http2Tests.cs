using Trama.Framing.Http2;
using static Trama.Framing.Tests.Http2.Frames;

namespace Trama.Framing.Tests.Http2;

public class Http2Tests
{
    [Fact]
    public void Requests_and_replies_interleave() => AssertTold(
        [
            "> #1: GET /users/7?page=2 ~ GET /users/:id",
            "> #3: POST /upload",
            "< #3: 404 failed",
            "< #1: 200",
        ],
        (Direction.ToServer, [.. Preface, .. Settings((3, 100)), .. Get(1, "/users/7?page=2"), .. Post(3, "/upload"),
            .. Data(3, false, 1, 2, 3), .. Data(3, true)]),
        (Direction.ToClient,
        [
            .. Settings((5, 20_000)), .. Frame(4, 1, 0), .. Headers(1, false, ":status: 200"), .. Data(1, false, 1, 2, 3),
                .. Headers(3, true, ":status: 404"),
            .. Frame(8, 0, 0, Number(1000)), .. Data(1, true, 9, 9),
        ]));

    [Fact]
    public void Padding_priority_and_continuations_are_told_from_fields_and_body() => AssertTold(
        [
            "> #1: PUT /x",
            "> #3: GET /",
        ],
        (Direction.ToServer,
        [
            .. Preface, .. Settings(),
            .. Frame(1, 0x28, 1, [2], Number(0), [16], Block(":method: PUT"), [0, 0]), .. Frame(9, 0, 1, Block(":scheme: http")),
            .. Frame(9, 4, 1, Block(":path: /x")), .. Frame(2, 0, 3, Number(1), [3]), .. Frame(0, 9, 1, [3], [7, 7], [0, 0, 0]),
            .. Headers(3, true, ":method: GET", ":path: /"),
        ]));

    [Fact]
    public void Interim_replies_and_trailers_belong_to_one_exchange() => AssertTold(
        [
            "> #1: GET /",
            "< #1: 103 [Interim]",
            "< #1: 200",
        ],
        (Direction.ToServer, [.. Preface, .. Settings(), .. Get(1, "/")]),
        (Direction.ToClient,
        [
            .. Settings(), .. Headers(1, false, ":status: 103"), .. Headers(1, false, ":status: 200"), .. Data(1, false, 1),
                .. Headers(1, true, "digest: x"),
        ]));

    [Fact]
    public void A_reset_aborts_its_exchange_whoever_sends_it() => AssertTold(
        [
            "> #1: GET /a",
            "> #3: GET /b",
            "> #5: GET /c",
            "> #1: GET /a failed [Aborts]",
            "< #3: REFUSED_STREAM failed [Aborts]",
            "< #5: 77 failed [Aborts]",
            "<:  = GOAWAY ENHANCE_YOUR_CALM [Unsolicited, Goodbye]",
        ],
        (Direction.ToServer, [.. Preface, .. Settings(), .. Get(1, "/a"), .. Get(3, "/b"), .. Get(5, "/c"), .. Reset(1, 8)]),
        (Direction.ToClient, [.. Settings(), .. Headers(1, false, ":status: 200"), .. Reset(3, 7), .. Reset(5, 77), .. GoAway(5, 11)]));

    [Fact]
    public void A_promise_is_a_request_of_the_server() => AssertTold(
        [
            "> #1: GET /",
            "< #2: GET /style.css [Asks]",
            "< #2: 200",
            "< #1: 200",
        ],
        (Direction.ToServer, [.. Preface, .. Settings(), .. Get(1, "/")]),
        (Direction.ToClient,
        [
            .. Settings(), .. Frame(5, 4, 1, Number(2), Block(":method: GET", ":path: /style.css")), .. Headers(2, true, ":status: 200"),
            .. Headers(1, true, ":status: 200"),
        ]));

    [Fact]
    public void The_request_that_asked_for_an_upgrade_is_that_of_stream_1()
    {
        var messages = new FramedMessages(new Http2Protocol(isUpgraded: true).Create());
        messages.Take(Direction.ToClient, [.. Settings(), .. Headers(1, true, ":status: 204"), .. Headers(3, true, ":status: 200")]);
        Assert.Equal(["<: 204", "< #3: 200"], messages.Log);
    }

    [Fact]
    public void An_upgrade_of_HTTP1_to_HTTP2_answers_there_what_was_asked_before()
    {
        List<string> told = RecordedMessages.Of(
            FramingRule.Auto, 1000,
            (Direction.ToServer, "GET /a HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"u8.ToArray()),
            (Direction.ToClient, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"u8.ToArray()),
            (Direction.ToServer, [.. Preface, .. Settings(), .. Get(3, "/b")]),
            (Direction.ToClient, [.. Settings(), .. Headers(1, true, ":status: 204"), .. Headers(3, true, ":status: 404")]));
        Assert.Equal(
            ["> GET /a", "< 101 Switching Protocols [Interim, ProtocolChange]", "> GET /b", "< 204", "< 404"],
            told.Select(line => line[..2] + line[(line.LastIndexOf(" = ", StringComparison.Ordinal) + 3)..]));
    }

    [Fact]
    public void A_message_has_the_bytes_of_its_frames_with_their_headers()
    {
        byte[][] frames = [Post(3, "/upload"), Get(5, "/"), Data(3, false, new byte[500]), Data(3, true)];
        FramedMessages messages = FramedMessages.Of(
            new Http2Protocol(isUpgraded: false).Create(), 10_000, (Direction.ToServer, [.. Preface, .. Settings()]),
            (Direction.ToServer, [.. frames.SelectMany(frame => frame)]));
        Assert.Equal([frames[1].Length, frames[0].Length + frames[2].Length + frames[3].Length], messages.Lengths);
        Assert.Empty(messages.Open);
    }

    [Fact]
    public void Credentials_are_left_out() => AssertTold(
        [
            "> #1: GET /x?access_token=***&page=2 ~ GET /x",
            "> #3: GET http://example.org/x?X-Amz-Signature=*** ~ GET http://example.org/x",
        ],
        (Direction.ToServer,
        [
            .. Preface, .. Settings(), .. Get(1, "/x?access_token=deadbeef&page=2"),
                .. Headers(3, true, ":method: GET", ":path: http://ana:secret@example.org/x?X-Amz-Signature=abc"),
        ]));

    [Fact]
    public void What_does_not_begin_as_HTTP2_does_not_fit()
    {
        Assert.Equal(["> BadFrame at 0"], Told(100, (Direction.ToServer, "GET / HTTP/1.1\r\n\r\n"u8.ToArray())));
        Assert.Equal(["> BadFrame at 0"], Told(5, (Direction.ToServer, "PRI * HTTP/1.1\r\n\r\n"u8.ToArray())));
        Assert.Equal(["< BadFrame at 0"], Told(100, (Direction.ToClient, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray())));
        Assert.Equal(["> BadFrame at 33"], Told(100, (Direction.ToServer, [.. Preface, .. Settings(), .. Frame(0, 0, 0, [1])])));
    }

    internal static List<string> Told(int piece, params (Direction From, byte[] Bytes)[] said) =>
        FramedMessages.Of(new Http2Protocol(isUpgraded: false).Create(), piece, said).Log;

    internal static void AssertTold(string[] expected, params (Direction From, byte[] Bytes)[] said)
    {
        for (int piece = 1; piece <= 40; piece++) Assert.Equal(expected, Told(piece, said));
        Assert.Equal(expected, Told(10_000, said));
    }
}
