using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Tests;

/// <summary>Values that are compressed go as a whole: nothing of what is left can be inflated to what it was, from wherever one begins.</summary>
public class ValueFieldTests
{
    private static readonly ScrubKey Key = ScrubKey.OfSeed(11);

    private static readonly string[] Said =
    [
        "hunter password", "Margarethe", "alexandria", "Winterbourne street", "{\"name\":\"Katherine\"}",
        "Rosencrantz and Guildenstern are dead", "correcthorse", "battery staple", "Wolfeschlegel", "Montgomery Burns",
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string place in Places.Keys)
                foreach (string method in (string[])["gzip", "zlib", "deflate"]) cases.Add(place, method);
            return cases;
        }
    }

    private static Dictionary<string, (bool IsReply, Func<byte[], byte[]> Make)> Places { get; } = new()
    {
        ["memcached"] = (false, value => [0x80, 1, 0, 2, 8, 0, 0, 0, .. Big(10 + value.Length), .. new byte[12], .. new byte[8], .. "k1"u8, .. value]),
        ["memcached reply"] = (true, value => [0x81, 0, 0, 0, 4, 0, 0, 0, .. Big(4 + value.Length), .. new byte[12], .. new byte[4], .. value]),
        ["memcached text"] = (false, value => [.. Text($"set k1 0 0 {value.Length}\r\n"), .. value, .. "\r\n"u8]),
        ["memcached text reply"] = (true, value => [.. Text($"VALUE k1 0 {value.Length}\r\n"), .. value, .. "\r\nEND\r\n"u8]),
        ["memcached meta"] = (false, value => [.. Text($"ms k1 {value.Length} T0\r\n"), .. value, .. "\r\n"u8]),
        ["mongodb"] = (false, value => Mongo([5, .. "d\0"u8, .. Little(value.Length), 0, .. value])),
        ["mongodb nested"] = (false, value => Mongo([3, .. "a\0"u8, .. Little(8 + value.Length + 5), 5, .. "d\0"u8, .. Little(value.Length), 0, .. value, 0, 0])[..^1]),
        ["postgresql parameter"] = (false, value => [(byte)'B', .. Big(18 + value.Length), 0, 0, 0, 1, 0, 1, 0, 1, .. Big(value.Length), .. value, 0, 0]),
        ["postgresql row"] = (true, value => [(byte)'D', .. Big(14 + value.Length), 0, 2, 0xff, 0xff, 0xff, 0xff, .. Big(value.Length), .. value]),
        ["postgresql copy"] = (false, value => [(byte)'d', .. Big(4 + value.Length), .. value]),
        ["mysql parameter"] = (false, value => Packet([0x17, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 8, 0, 0xfc, 0, 1, 0, 0, 0, 0, 0, 0, 0, (byte)value.Length, .. value])),
        ["mysql long data"] = (false, value => Packet([0x18, 1, 0, 0, 0, 0, 0, .. value])),
        ["mysql row"] = (true, value => [.. Packet([1]), .. Column(0xfc), .. Packet([(byte)value.Length, .. value])]),
        ["mysql binary row"] = (true, value => [.. Packet([2]), .. Column(8), .. Column(0xfc), .. Packet([0, 0, 1, 0, 0, 0, 0, 0, 0, 0, (byte)value.Length, .. value])]),
        ["kafka"] = (false, value => Kafka(Batch(0, Record(value)))),
        ["kafka compressed"] = (false, value => Kafka(Batch(1, value))),
        ["kafka version 1"] = (false, value => Kafka([.. new byte[8], .. Big(22 + value.Length), 9, 9, 9, 9, 1, 0, .. new byte[8], 0xff, 0xff, 0xff, 0xff, .. Big(value.Length), .. value])),
        ["cassandra"] = (true, value => [0x84, 0, 0, 1, 8, .. Big(33 + value.Length), .. Big(2), .. Big(1), .. Big(1), 0, 1, .. "k"u8, 0, 1, .. "t"u8, 0, 1, .. "c"u8, 0, 3, .. Big(1), .. Big(value.Length), .. value]),
        ["resp"] = (false, value => [.. "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n"u8, .. Text($"${value.Length}\r\n"), .. value, .. "\r\n"u8]),
        ["resp reply"] = (true, value => [.. Text($"${value.Length}\r\n"), .. value, .. "\r\n"u8]),
        ["mqtt"] = (false, value => [0x32, (byte)(5 + value.Length), 0, 1, .. "t"u8, 0, 9, .. value]),
        ["mqtt 5"] = (false, value => [0x30, (byte)(6 + value.Length), 0, 1, .. "t"u8, 2, 1, 0, .. value]),
        ["amqp"] = (false, value => [3, 0, 1, .. Big(value.Length), .. value, 0xce]),
        ["nats"] = (false, value => [.. Text($"PUB t {value.Length}\r\n"), .. value, .. "\r\n"u8]),
        ["nats headers"] = (true, value => [.. Text($"HMSG t 1 12 {12 + value.Length}\r\nNATS/1.0\r\n\r\n"), .. value, .. "\r\n"u8]),
        ["stomp"] = (false, value => [.. Text($"SEND\ncontent-length:{value.Length}\n\n"), .. value, 0]),
        ["smb2"] = (false, value => [0, 0, 0, (byte)(112 + value.Length), 0xfe, .. "SMB"u8, .. new byte[8], 9, 0, .. new byte[50], 49, 0, 112, 0, .. Little(value.Length), .. new byte[40], .. value]),
    };

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_of_a_compressed_value_can_be_inflated(string place, string method)
    {
        (bool isReply, Func<byte[], byte[]> make) = Places[place];
        foreach (string said in Said)
        {
            byte[] value = Compressed(Text(said), method), stream = make(value), before = [.. stream];
            int at = before.AsSpan().LastIndexOf(value);
            new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses()).Scrub(
                stream, [place.Split(' ')[0]], [new MessagePlace(0, stream.Length, place.Split(' ')[0])], [], isReply, ScrubCare.None);
            // What it is behind is its length, and stays.
            Assert.Equal(before[at - 1], stream[at - 1]);
            for (int from = 0; from < stream.Length; from++)
            {
                foreach (string inflated in Inflated(stream[from..]))
                    for (int part = 0; part + 6 <= said.Length; part++) Assert.DoesNotContain(said.Substring(part, 6), inflated, StringComparison.Ordinal);
            }
        }
    }

    [Theory, InlineData("gzip"), InlineData("zlib"), InlineData("deflate")]
    public void Bytes_in_a_message_of_protocol_buffers_go_and_its_fields_stay(string method)
    {
        foreach (string said in Said)
        {
            byte[] value = Compressed(Text(said), method), name = Text("Jonathan");
            byte[] inner = [0x0a, (byte)value.Length, .. value];
            byte[] stream = [0x0a, 8, .. name, 0x10, 7, 0x1a, (byte)inner.Length, .. inner, 0x25, 1, 2, 3, 4], before = [.. stream];
            var text = new Words.TextScrubber(Key, new AddressMap(Key));
            Assert.True(new ProtobufScrubber(Key, text).TryScrub(stream));
            Assert.Equal(before[..2], stream[..2]);
            Assert.Equal(before[10..16], stream[10..16]);
            Assert.Equal(before[^5..], stream[^5..]);
            Assert.DoesNotContain("Jonathan", Encoding.Latin1.GetString(stream), StringComparison.Ordinal);
            foreach (int from in Enumerable.Range(0, stream.Length))
                Assert.DoesNotContain(Inflated(stream[from..]), inflated => inflated.Contains(said[..6], StringComparison.Ordinal));
        }
    }

    [Theory, InlineData("gzip"), InlineData("zlib"), InlineData("deflate")]
    public void Compressed_bytes_go_where_nothing_is_known_of_them(string method)
    {
        // A value of a column of bytes, behind its length, in a row of TDS.
        string said = string.Concat(Said);
        byte[] value = Compressed(Text(said), method);
        byte[] stream = [4, 1, 0, (byte)(12 + value.Length + 13), 0, 0, 1, 0, 0xd1, 0, (byte)value.Length, 0, .. value, 0xfd, .. new byte[12]];
        byte[] before = [.. stream];
        new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses()).Scrub(
            stream, ["tds"], [new MessagePlace(0, stream.Length, "tds")], [], isReply: true, ScrubCare.None);
        Assert.Equal(before[..12], stream[..12]);
        foreach (int from in Enumerable.Range(0, stream.Length))
            foreach (string inflated in Inflated(stream[from..]))
                foreach (string one in Said) Assert.DoesNotContain(one[..6], inflated, StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(9), InlineData(300)]
    public void A_value_of_text_stays_a_text(int length)
    {
        byte[] text = [.. Enumerable.Repeat((byte)'x', length)];
        byte[] stream = [(byte)'B', .. Big(18 + length), 0, 0, 0, 1, 0, 0, 0, 1, .. Big(length), .. text, 0, 0];
        new StreamScrubber(Key, new AddressMap(Key), new SeenAddresses()).Scrub(
            stream, ["postgresql"], [new MessagePlace(0, stream.Length, "postgresql")], [], isReply: false, ScrubCare.None);
        Assert.All(stream[17..^2], letter => Assert.InRange(letter, (byte)'a', (byte)'z'));
    }

    private static IEnumerable<string> Inflated(byte[] bytes)
    {
        foreach (Func<Stream, Stream> open in (Func<Stream, Stream>[])[
            from => new DeflateStream(from, CompressionMode.Decompress), from => new ZLibStream(from, CompressionMode.Decompress),
            from => new GZipStream(from, CompressionMode.Decompress)])
        {
            using var said = new MemoryStream();
            try
            {
                using Stream inflating = open(new MemoryStream(bytes));
                // A byte at a time: what was said before an error counts.
                for (int next; said.Length < 400 && (next = inflating.ReadByte()) >= 0;) said.WriteByte((byte)next);
            }
            catch (InvalidDataException)
            {
            }

            yield return Encoding.Latin1.GetString(said.ToArray());
        }
    }

    private static byte[] Compressed(byte[] said, string method)
    {
        using var room = new MemoryStream();
        using (Stream compressing = method switch
        {
            "gzip" => new GZipStream(room, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(room, CompressionLevel.Optimal),
            _ => new DeflateStream(room, CompressionLevel.Optimal),
        }) compressing.Write(said);
        return room.ToArray();
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Big(int number)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little(int number) => [.. Big(number).Reverse()];

    private static byte[] Packet(byte[] payload) => [(byte)payload.Length, 0, 0, 0, .. payload];

    private static byte[] Column(byte type) =>
        Packet([3, .. "def"u8, 0, 0, 0, 1, .. "c"u8, 0, 0x0c, 63, 0, 0xff, 0, 0, 0, type, 0x80, 0, 0, 0, 0]);

    private static byte[] Mongo(byte[] elements) =>
        [.. Little(26 + elements.Length), .. Little(7), .. Little(0), .. Little(2013), .. Little(0), 0, .. Little(5 + elements.Length), .. elements, 0];

    private static byte[] Kafka(byte[] records) => [.. Big(20 + records.Length), 0, 0, 0, 3, .. Big(1), 0xff, 0xff, .. new byte[10], .. records];

    private static byte[] Batch(byte attributes, byte[] records) => [.. new byte[8], .. Big(49 + records.Length), .. Big(0), 2, 9, 9, 9, 9, 0, attributes,
        .. new byte[34], .. Big(1), .. records];

    private static byte[] Record(byte[] value)
    {
        byte[] record = [0, 0, 0, 1, (byte)(2 * value.Length), (byte)(2 * value.Length >> 7), .. value, 0];
        // Lengths of two bytes each.
        record[4] |= 0x80;
        int length = 2 * record.Length;
        return [(byte)(length | 0x80), (byte)(length >> 7), .. record];
    }
}
