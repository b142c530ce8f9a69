using static Trama.Framing.Tests.Http2.Frames;

namespace Trama.Framing.Tests.Http2;

/// <summary>Very many streams that are opened and never end. Alone, since what the process remembers is measured.</summary>
[Collection(nameof(Http2FloodTests))]
[CollectionDefinition(nameof(Http2FloodTests), DisableParallelization = true)]
public class Http2FloodTests
{
    private const int Streams = 1_000_000;
    private const int MostOpen = 65_536;

    [Fact]
    public void A_million_streams_cost_what_a_few_thousand_do()
    {
        FramedMessages messages = Http2MissingTests.Begun();
        for (uint stream = 1; stream < 2_000_000; stream += 2) messages.Framing.ToServer.Take(Post(stream, "/a"));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (uint stream = 2_000_001; stream < 2_200_000; stream += 2) messages.Framing.ToServer.Take(Post(stream, "/a"));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 1 << 20);
    }

    [Theory]
    [InlineData(Direction.ToServer)]
    [InlineData(Direction.ToClient)]
    public void Of_a_million_streams_that_never_end_few_are_remembered_and_the_others_are_told(Direction direction)
    {
        var sink = new Counts();
        var conversation = new Conversation(FramingRule.OfProtocol("http2"), sink);
        conversation.Take(Direction.ToServer, [.. Preface, .. Settings()]);
        conversation.Take(Direction.ToClient, Settings());
        byte[] fields = direction == Direction.ToServer ? Post(1, "/x") : Headers(2, false, ":status: 200");
        long half = 0;
        for (uint i = 0; i < Streams; i++)
        {
            uint stream = direction == Direction.ToServer ? (2 * i) + 1 : 2 * (i + 1);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(fields.AsSpan(5), stream);
            conversation.Take(direction, fields);
            if (i == Streams / 2) half = GC.GetTotalMemory(forceFullCollection: true);
        }

        long whole = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(Streams, sink.Begun);
        Assert.Equal(MostOpen, sink.Begun - sink.Ended);
        // Level: what was remembered at half of the way is all that is.
        Assert.InRange(whole - half, long.MinValue, 4 << 20);
        conversation.End(direction);
        Assert.Equal((Streams, Streams), (sink.Begun, sink.Ended));
        GC.KeepAlive(conversation);
    }

    private sealed class Counts : IMessageSink
    {
        private long _last;

        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
        {
            if (message.Number <= _last) return;
            _last = message.Number;
            Begun++;
        }

        public void OnMissing(in MessageId message, Origin origin, long count) => Assert.Fail("nothing is missing");

        public void OnMessageEnd(in MessageId message, in MessageEnd end)
        {
            if (message.Number == 0) return;
            Assert.True(end.Cut);
            Ended++;
        }

        public void OnLost(Direction direction, int layer) => Assert.Fail("nothing is missing");

        public void OnUnfit(Direction direction, string framing, FramingFailure failure) => Assert.Fail($"{framing}: {failure}");
    }
}
