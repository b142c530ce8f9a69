using static Trama.Framing.Tests.Http2.Frames;

namespace Trama.Framing.Tests.Http2;

public class GrpcTests
{
    private const string Type = "content-type: application/grpc+proto";

    [Fact]
    public void A_call_is_its_method_and_ends_with_the_status_of_the_trailers() => Http2Tests.AssertTold(
        [
            "> #1 grpc: /pkg.Users/Get",
            "> #3 grpc: /pkg.Users/Watch = /pkg.Users/Watch (3 messages)",
            "< #1 grpc: 5 NOT_FOUND failed",
            "< #3 grpc: 0 OK = 0 OK (2 messages)",
        ],
        (Direction.ToServer,
        [
            .. Preface, .. Settings(), .. Post(1, "/pkg.Users/Get", Type), .. Post(3, "/pkg.Users/Watch", Type),
                .. Data(1, true, Message(3)),
            .. Data(3, false, [.. Message(0), .. Message(1)]), .. Frame(0, 9, 3, [4], Message(2), new byte[4]),
        ]),
        (Direction.ToClient,
        [
            .. Settings(), .. Headers(1, false, ":status: 200", Type), .. Headers(3, false, ":status: 200", Type),
                .. Data(3, false, Message(9)[..7]),
            .. Data(3, false, Message(9)[7..]), .. Data(3, false, Message(4)), .. Headers(1, true, "grpc-status: 5", "grpc-message: no"),
            .. Headers(3, true, "grpc-status: 0"),
        ]));

    [Fact]
    public void A_reply_may_be_trailers_only_or_lack_its_status_or_be_cancelled() => Http2Tests.AssertTold(
        [
            "> #1 grpc: /a",
            "> #3 grpc: /b",
            "> #5 grpc: /c",
            "> #7 grpc: /d",
            "> #7 grpc: /d failed [Aborts]",
            "< #1 grpc: 14 UNAVAILABLE failed",
            "< #3 grpc: grpc-status missing failed",
            "< #5 grpc: 503 failed",
        ],
        (Direction.ToServer,
        [
            .. Preface, .. Settings(), .. Call(1, "/a"), .. Call(3, "/b"), .. Call(5, "/c"), .. Call(7, "/d"), .. Reset(7, 8),
        ]),
        (Direction.ToClient,
        [
            .. Settings(), .. Headers(1, true, ":status: 200", Type, "grpc-status: 14"), .. Headers(3, true, ":status: 200", Type),
            .. Headers(5, true, ":status: 503", Type),
        ]));

    private static byte[] Call(uint stream, string method) => [.. Post(stream, method, Type), .. Data(stream, true, Message(0))];
}
