using System.IO.Compression;
using Trama.Framing.Mysql;
using static Trama.Framing.Tests.Mysql.MysqlMessages;

namespace Trama.Framing.Tests.Mysql;

public class MysqlCompressionTests
{
    private const uint Compress = 1 << 5;
    private const uint CompressZstd = 1 << 26;
    private const int HeaderSize = 7;

    private static readonly string s_long = "select '" + new string('x', 5000) + "' from t";

    [Theory]
    [InlineData(Compress, 100_000)]
    [InlineData(Compress, 3)]
    [InlineData(CompressZstd, 100_000)]
    [InlineData(CompressZstd, 3)]
    public void After_the_login_packets_are_inflated(uint kind, int pieceLength)
    {
        List<string> told = Told(
            pieceLength,
            [
                (Direction.ToClient, Greeting("8.0.36")),
                (Direction.ToServer, Login(Usual | kind)),
                (Direction.ToClient, Ok(2)),
                (Direction.ToServer, Packed(0, kind, Query(s_long))),
                (Direction.ToClient, Packed(1, kind, Rows(200, hasEnds: false)[..500])),
                (Direction.ToClient, Packed(2, kind, Rows(200, hasEnds: false)[500..])),
                (Direction.ToServer, Packed(0, 0, Command(14))),
                (Direction.ToClient, Packed(1, 0, Ok())),
            ]);
        Assert.Equal(7, told.Count);
        Assert.StartsWith(">1 select 'xxx", told[3], StringComparison.Ordinal);
        Assert.Equal(["<1 200 rows", ">1 PING", "<1 OK"], told[4..]);
    }

    [Fact]
    public void A_packet_of_which_bytes_are_missing_takes_nothing_else_with_it()
    {
        byte[] query = Packed(0, Compress, Query(s_long));
        var sink = new ToldMessages();
        var conversation = new Conversation(FramingRule.Of(new MysqlCompression()), sink);
        conversation.Take(Direction.ToServer, query.AsSpan(0, 20));
        conversation.Skip(Direction.ToServer, query.Length - 20);
        conversation.Take(Direction.ToClient, Packed(1, 0, Ok()));
        conversation.Take(Direction.ToServer, Packed(0, 0, Command(14)));
        conversation.Take(Direction.ToClient, Packed(1, 0, Ok()));
        Assert.Equal([">1 PING", "<1 OK"], sink.Log[^2..]);
    }

    [Fact]
    public void What_claims_to_be_less_than_it_is_is_not_inflated_any_further()
    {
        byte[] packed = Packed(0, Compress, Query(s_long));
        (packed[4], packed[5]) = (10, 0);
        (Direction, byte[])[] said = [(Direction.ToServer, packed), (Direction.ToServer, Packed(0, 0, Command(14)))];
        Assert.Empty(Told(100_000, said, new MysqlCompression()));
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(
        new MysqlCompression(),
        (Direction.ToServer, Packed(0, Compress, Query(s_long))),
        (Direction.ToClient, Packed(1, Compress, Rows(200, hasEnds: false))),
        (Direction.ToServer, Packed(0, CompressZstd, Query(s_long))),
        (Direction.ToClient, Packed(1, 0, Ok())));

    private static List<string> Told(int pieceLength, (Direction From, byte[] Bytes)[] said, Protocol? protocol = null)
    {
        var sink = new ToldMessages();
        var conversation = new Conversation(FramingRule.Of(protocol ?? new MysqlProtocol()), sink);
        foreach ((Direction from, byte[] bytes) in said)
            foreach (byte[] piece in bytes.Chunk(pieceLength)) conversation.Take(from, piece);
        return sink.Log;
    }

    private static byte[] Packed(byte sequence, uint kind, byte[] packets)
    {
        byte[] carried = packets;
        if (kind != 0)
        {
            var text = new MemoryStream();
            Stream writer = kind == Compress ? new ZLibStream(text, CompressionLevel.Fastest) : new ZstdSharp.CompressionStream(text);
            using (writer) writer.Write(packets);
            carried = text.ToArray();
        }

        int inflated = kind == 0 ? 0 : packets.Length;
        byte[] packet = [.. Packet(sequence, carried)[..4], (byte)inflated, (byte)(inflated >> 8), (byte)(inflated >> 16), .. carried];
        Assert.Equal(HeaderSize + carried.Length, packet.Length);
        return packet;
    }

    // Who, in which layer, and the words.
    private sealed class ToldMessages : IMessageSink
    {
        public List<string> Log { get; } = [];

        public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
        {
        }

        public void OnMissing(in MessageId message, Origin origin, long count)
        {
        }

        public void OnMessageEnd(in MessageId message, in MessageEnd end)
        {
            string mark = message.Direction == Direction.ToServer ? ">" : "<";
            Log.Add($"{mark}{message.Layer} {VisibleText.Of(end.Description)}");
        }

        public void OnLost(Direction direction, int layer)
        {
        }

        public void OnUnfit(Direction direction, string framing, FramingFailure failure) => Assert.Fail(framing);
    }
}
