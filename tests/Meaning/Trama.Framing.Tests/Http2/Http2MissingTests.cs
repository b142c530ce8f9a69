using CsCheck;
using Trama.Framing.Http2;
using static Trama.Framing.Tests.Http2.Frames;

namespace Trama.Framing.Tests.Http2;

/// <summary>Bytes that nobody saw, and bytes that nobody should have sent.</summary>
public class Http2MissingTests
{
    [Fact]
    public void Missing_bytes_of_a_body_belong_to_it()
    {
        FramedMessages messages = Begun();
        messages.Take(Direction.ToServer, [.. Post(1, "/a"), .. Data(1, false, new byte[100])[..50]]);
        messages.Skip(Direction.ToServer, 59);
        messages.Take(Direction.ToServer, [.. Data(1, true), .. Get(3, "/b")]);
        Assert.Equal(["> #1: POST /a", "> #3: GET /b"], messages.Log);
    }

    [Fact]
    public void Missing_bytes_of_fields_make_the_path_unknown_and_the_older_indexes_with_it()
    {
        FramedMessages messages = Begun();
        byte[] second = Get(3, "/b");
        messages.Take(Direction.ToServer, [.. Get(1, "/a"), .. second[..20]]);
        messages.Skip(Direction.ToServer, second.Length - 20);
        messages.Take(Direction.ToServer, [.. Headers(5, true, "2", "62"), .. Get(7, "/d"), .. Headers(9, true, "2", "62"),
            .. Headers(11, true, "2", "63")]);
        Assert.Equal(
            [
                "> #1: GET /a", "> #3:  = path unknown", "> #5:  = path unknown", "> #7: GET /d", "> #9: GET /d", "> #11:  = path unknown",
            ],
            messages.Log);
    }

    [Fact]
    public void After_missing_frames_the_next_two_headers_that_fit_are_the_way_again()
    {
        FramedMessages messages = Begun();
        messages.Take(Direction.ToServer, Get(1, "/a"));
        messages.Skip(Direction.ToServer, 1000);
        messages.Take(Direction.ToServer, [.. new byte[100], .. "GET /none HTTP/1.1\r\n"u8, .. Get(7, "/d"), .. Get(9, "/e")]);
        messages.Take(Direction.ToServer, Get(11, "/f"));
        Assert.Equal(["> #1: GET /a", "> #7: GET /d", "> #9: GET /e", "> #11: GET /f"], messages.Log);
    }

    [Fact]
    public void A_frame_alone_in_its_piece_is_the_way_again_if_its_fields_can_be_read()
    {
        FramedMessages messages = Begun();
        messages.Skip(Direction.ToServer, 10);
        messages.Take(Direction.ToServer, Get(5, "/c"));
        Assert.Equal(["> #5: GET /c"], messages.Log);
    }

    [Fact]
    public void A_frame_over_several_pieces_is_proved_by_the_header_behind_it()
    {
        FramedMessages messages = Begun();
        messages.Take(Direction.ToServer, Post(1, "/a"));
        messages.Skip(Direction.ToServer, 20);
        byte[] body = Data(1, false, new byte[16_000]);
        for (int i = 0; i < 4; i++) messages.Take(Direction.ToServer, body.AsSpan(i * 4000, 4000));
        messages.Take(Direction.ToServer, [.. body[16_000..], .. Data(1, true), .. Get(3, "/b")]);
        Assert.Equal(["> #1: POST /a", "> #3: GET /b"], messages.Log);
    }

    [Fact]
    public void Cut_anywhere_no_request_has_a_path_that_was_not_its_own()
    {
        byte[] said = [.. Enumerable.Range(0, 20).SelectMany(
            i => i % 3 == 1 ? [.. Post((uint)i * 2 + 1, $"/p{i}"), .. Data((uint)i * 2 + 1, true, new byte[40])] : i % 3 == 2
            ? Headers((uint)i * 2 + 1, true, "2", "62") : Get((uint)i * 2 + 1, $"/g{i}"))];
        List<string> whole = Complete(said, 0, 0);
        Assert.Equal(20, whole.Count);
        int found = 0;
        for (int from = 0; from < said.Length; from += 3)
        {
            for (int length = 1; length < 120; length += 17)
            {
                List<string> cut = Complete(said, from, Math.Min(length, said.Length - from));
                Assert.All(cut, line => Assert.True(whole.Contains(line) || line.EndsWith("path unknown", StringComparison.Ordinal), line));
                found += cut.Count;
            }
        }

        Assert.InRange(found, 16 * (said.Length / 3) * 7, int.MaxValue);
    }

    [Fact]
    public void Endless_continuations_keep_no_more_than_a_block()
    {
        FramedMessages messages = Begun();
        messages.Take(Direction.ToServer, Frame(1, 1, 1, Block(":method: GET")));
        byte[] more = Frame(9, 0, 1, new byte[16_000]);
        for (int i = 0; i < 10; i++) messages.Take(Direction.ToServer, more);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) messages.Take(Direction.ToServer, more);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        messages.Take(Direction.ToServer, [.. Frame(9, 4, 1), .. Get(3, "/b")]);
        Assert.Equal(["> #1:  = path unknown", "> #3: GET /b"], messages.Log);
    }

    [Fact]
    public void No_bytes_do_harm()
    {
        byte[] said = [.. Preface, .. Settings((1, 4096)), .. Get(1, "/a"), .. Post(3, "/b"), .. Data(3, true, 1, 2, 3), .. Reset(1, 8),
            .. Frame(9, 4, 5, Block("62"))];
        Gen.Select(Gen.Select(Gen.Int[0, said.Length - 1], Gen.Byte).Array[1, 12], Gen.Int[1, 50], Gen.Bool, Gen.Int[0, 60])
            .Sample((changes, piece, isMidway, missing) =>
        {
            byte[] bytes = [.. said];
            foreach ((int at, byte value) in changes) bytes[at] = value;
            foreach (Direction from in (Direction[])[Direction.ToServer, Direction.ToClient])
            {
                var messages = new FramedMessages(new Http2Protocol(isUpgraded: false).Create());
                if (isMidway) messages.Framing[from].TryLose();
                foreach (byte[] part in bytes.Chunk(piece)) messages.Take(from, part);
                if (missing > 0 && messages.Framing[from].Failure.Fault == FramingFault.None) messages.Skip(from, missing);
                messages.Take(from, bytes);
            }
        });
    }

    internal static FramedMessages Begun()
    {
        var messages = new FramedMessages(new Http2Protocol(isUpgraded: false).Create());
        messages.Take(Direction.ToServer, [.. Preface, .. Settings()]);
        return messages;
    }

    // What is told of messages with some bytes missing; packets are of 64 bytes.
    private static List<string> Complete(byte[] said, int missingFrom, int missing)
    {
        FramedMessages messages = Begun();
        foreach (byte[] piece in said[..missingFrom].Chunk(64)) messages.Take(Direction.ToServer, piece);
        if (missing > 0) messages.Skip(Direction.ToServer, missing);
        foreach (byte[] piece in said[(missingFrom + missing)..].Chunk(64)) messages.Take(Direction.ToServer, piece);
        return messages.Log;
    }
}
