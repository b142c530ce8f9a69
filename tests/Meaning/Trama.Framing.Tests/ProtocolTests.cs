namespace Trama.Framing.Tests;

/// <summary>Whole conversations of each protocol, cut in every way. A line begins with &gt; for the client, &lt; for the server.</summary>
public class ProtocolTests
{
    [Theory]
    [MemberData(nameof(ProtocolSamples.All), MemberType = typeof(ProtocolSamples))]
    public void Messages_are_the_same_however_the_bytes_are_cut(string rule, string said, string expected)
    {
        Assert.True(FramingRuleParser.TryParse(rule, out FramingRule? framing, out _));
        (Direction, byte[])[] bytes = ProtocolSamples.Bytes(said);
        int longest = bytes.Max(piece => piece.Item2.Length);
        for (int piece = longest; piece >= 1; piece--)
            Assert.Equal(expected, string.Join("\n", RecordedMessages.Of(framing, piece, bytes)));
    }

    [Theory]
    [MemberData(nameof(ProtocolSamples.All), MemberType = typeof(ProtocolSamples))]
    public void Every_proper_prefix_of_a_message_waits_for_more(string rule, string said, string expected)
    {
        Assert.NotEmpty(expected);
        Assert.True(FramingRuleParser.TryParse(rule, out FramingRule? framing, out _));
        bool oneFraming = !expected.Contains(" at ", StringComparison.Ordinal)
            && !expected.Contains("ProtocolChange", StringComparison.Ordinal);
        if (framing.IsAuto || framing.Create().ByTurns || !oneFraming) return;
        ConnectionFraming whole = framing.Create(), bytewise = framing.Create();
        foreach ((Direction from, byte[] bytes) in ProtocolSamples.Bytes(said))
        {
            for (int at = 0; at < bytes.Length;)
            {
                FrameStep step = whole[from].Take(bytes.AsSpan(at));
                Assert.NotEqual(0, step.Taken);
                for (int i = 0; i < step.Taken; i++)
                {
                    FrameStep one = bytewise[from].Take(bytes.AsSpan(at + i, 1));
                    Assert.Equal(new FrameStep(i == step.Taken - 1 ? step.Status : FrameStatus.NeedMore, 1), one);
                }

                at += step.Taken;
                Assert.Equal(whole[from].Position, bytewise[from].Position);
            }
        }
    }

    [Theory]
    [InlineData("http1")]
    [InlineData("resp")]
    [InlineData("tls")]
    [InlineData("commands")]
    [InlineData("pop3")]
    [InlineData("auto")]
    public void Changed_bytes_end_in_messages_and_none_is_lost(string rule)
    {
        Assert.True(FramingRuleParser.TryParse(rule, out FramingRule? framing, out _));
        var random = new Random(20250101);
        (Direction From, byte[] Bytes)[][] samples = [.. ProtocolSamples.All.Select(row => ProtocolSamples.Bytes(row.Data.Item2))];
        for (int run = 0; run < 3000; run++)
        {
            var sink = new CountingSink();
            var conversation = new Conversation(framing, sink);
            var given = new long[2];
            foreach ((Direction from, byte[] original) in samples[random.Next(samples.Length)])
            {
                byte[] bytes = [.. original];
                for (int changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                foreach (byte[] piece in bytes.Chunk(random.Next(1, 40)))
                {
                    conversation.Take(from, piece);
                    given[(int)from] += piece.Length;
                }

                int missing = random.Next(8) == 0 ? random.Next(1, 100) : 0;
                conversation.Skip(from, missing);
                given[(int)from] += missing;
            }

            conversation.End(Direction.ToServer);
            conversation.End(Direction.ToClient);
            Assert.Equal(given, sink.Ended);
        }
    }

    private sealed class CountingSink : IMessageSink
    {
        private readonly Dictionary<MessageId, long> _open = [];

        public long[] Ended { get; } = new long[2];

        public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes) => Add(message, bytes.Length);

        public void OnMissing(in MessageId message, Origin origin, long count) => Add(message, count);

        public void OnMessageEnd(in MessageId message, in MessageEnd end)
        {
            Assert.True(_open.Remove(message, out long length));
            Assert.InRange(length, 1, long.MaxValue);
            Ended[(int)message.Direction] += length;
        }

        public void OnLost(Direction direction, int layer)
        {
        }

        public void OnUnfit(Direction direction, string framing, FramingFailure failure) =>
            Assert.InRange(failure.Offset, 0, Ended[(int)direction] + _open.Where(open => open.Key.Direction == direction)
                .Sum(open => open.Value) + 100);

        private void Add(in MessageId message, long count) => _open[message] = _open.GetValueOrDefault(message) + count;
    }
}
