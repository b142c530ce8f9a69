using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;

namespace Trama.Framing.Tests;

/// <summary>What is told of conversations written as in <see cref="ProtocolSamples"/>, cut in every way; and that nothing that is said does
/// harm.</summary>
internal static partial class ProtocolTalk
{
    private const int Whole = 100_000;

    /// <summary>Compares what is told, whatever the pieces in which it is said. Keys are numbered as they come.</summary>
    public static void Expect(Protocol protocol, string said, string expected)
    {
        (Direction, byte[])[] bytes = ProtocolSamples.Bytes(said.ReplaceLineEndings("\n"));
        for (int piece = 1; piece <= 20; piece++) Assert.Equal(expected, Told(protocol, bytes, piece));
        Assert.Equal(expected, Told(protocol, bytes, Whole));
    }

    /// <summary>Says a conversation with bytes changed and missing, and any bytes at all: no more is told than was said, and it
    /// ends.</summary>
    public static void AssertHarmless(Protocol protocol, string said) =>
        AssertHarmless(protocol, ProtocolSamples.Bytes(said.ReplaceLineEndings("\n")));

    /// <inheritdoc cref="AssertHarmless(Protocol, string)"/>
    public static void AssertHarmless(Protocol protocol, params (Direction From, byte[] Bytes)[] sample)
    {
        bool mayCarry = protocol.Create().MayCarry;
        Gen<(int, byte, int)[]> changes = Gen.Select(Gen.Int[0, 5000], Gen.Byte, Gen.Int[1, 60]).Array[0, 12];
        Gen.Select(changes, Gen.Byte.Array[0, 200], Gen.Bool).Sample((changed, any, isMidway) =>
        {
            var sink = new Counter();
            var context = new FramingContext { BeginsMidway = isMidway, ServerPort = protocol.Ports.IsEmpty ? 1 : protocol.Ports[0] };
            var conversation = new Conversation(FramingRule.OfProtocol(protocol.Name), sink, context);
            long given = 0;
            foreach ((Direction from, byte[] original) in sample.Append((Direction.ToServer, any)).Append((Direction.ToClient, any)))
            {
                byte[] bytes = [.. original];
                foreach ((int at, byte value, _) in changed)
                    if (at < bytes.Length) bytes[at] = value;
                int turn = 0;
                for (int at = 0; at < bytes.Length; turn++)
                {
                    (int place, byte value, int length) = changed.Length == 0 ? (0, (byte)1, Whole) : changed[turn % changed.Length];
                    int count = Math.Min(length, bytes.Length - at);
                    if (place % 7 == 0 && value < 40) conversation.Skip(from, count);
                    else conversation.Take(from, bytes.AsSpan(at, count));
                    at += count;
                    given += count;
                }
            }

            conversation.End(Direction.ToServer);
            conversation.End(Direction.ToClient);
            // What is carried may be more than what carries it.
            return (sink.Told <= given || mayCarry) && sink.Open == 0;
        });
    }

    private static string Told(Protocol protocol, (Direction, byte[])[] bytes, int piece)
    {
        var keys = new List<string>();
        IEnumerable<string> lines = FramedMessages.Of(protocol.Create(), piece, bytes).Log.Select(line => Key().Replace(line, key =>
        {
            if (!keys.Contains(key.Value)) keys.Add(key.Value);
            return string.Create(CultureInfo.InvariantCulture, $"#{keys.IndexOf(key.Value) + 1}:");
        }));
        return string.Join('\n', lines);
    }

    [GeneratedRegex("(?<=^[<>] )#-?[0-9]+:")]
    private static partial Regex Key();

    private sealed class Counter : IMessageSink
    {
        private readonly HashSet<MessageId> _open = [];

        public long Told { get; private set; }

        public int Open => _open.Count;

        public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
        {
            _open.Add(message);
            Told += bytes.Length;
        }

        public void OnMissing(in MessageId message, Origin origin, long count)
        {
            _open.Add(message);
            Told += count;
        }

        public void OnMessageEnd(in MessageId message, in MessageEnd end) => _open.Remove(message);

        public void OnLost(Direction direction, int layer)
        {
        }

        public void OnUnfit(Direction direction, string framing, FramingFailure failure)
        {
        }
    }
}
