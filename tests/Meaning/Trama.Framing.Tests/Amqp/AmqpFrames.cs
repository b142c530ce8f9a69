using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trama.Framing.Tests.Amqp;

/// <summary>Writes frames of AMQP 0-9-1. Arguments are words: <c>s:a</c> a short string, <c>l:5</c> a number of eight bytes, <c>h:5</c>
/// of two,
/// <c>b:5</c> of one, <c>z:9</c> so many zeros.</summary>
internal static class AmqpFrames
{
    public static byte[] FirstWord => [.. "AMQP"u8, 0, 0, 9, 1];

    public static byte[] Heartbeat => Frame(8, 0, []);

    public static byte[] Method(int channel, int number, int id, string arguments = "") =>
        Frame(1, channel, [.. Number(number, 2), .. Number(id, 2), .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(Written)]);

    /// <summary>Size, properties and body of a message, in pieces.</summary>
    public static byte[] Content(int channel, int size, int piece = 100)
    {
        IEnumerable<byte[]> bodies = new byte[size].Chunk(piece).Select(body => Frame(3, channel, body));
        return [.. Frame(2, channel, [0, 60, 0, 0, .. Number(size, 8), 0, 0]), .. bodies.SelectMany(frame => frame)];
    }

    public static byte[] Publish(int channel, string exchange, string route, int size) =>
        [.. Method(channel, 60, 40, $"h:0 s:{exchange} s:{route} b:0"), .. Content(channel, size)];

    public static byte[] Deliver(int channel, string consumer, long tag, string route, int size) =>
        [.. Method(channel, 60, 60, $"s:{consumer} l:{tag} b:0 s: s:{route}"), .. Content(channel, size)];

    public static byte[] Ack(int channel, long tag, bool isMultiple = false) => Method(channel, 60, 80,
        $"l:{tag} b:{(isMultiple ? 1 : 0)}");

    public static byte[] Frame(byte type, int channel, byte[] payload) =>
        [type, .. Number(channel, 2), .. Number(payload.Length, 4), .. payload, 0xce];

    private static byte[] Written(string word)
    {
        string value = word[2..];
        return word[0] switch
        {
            's' => [(byte)value.Length, .. Encoding.UTF8.GetBytes(value)],
            'z' => new byte[int.Parse(value, CultureInfo.InvariantCulture)],
            _ => Number(long.Parse(value, CultureInfo.InvariantCulture), word[0] == 'l' ? 8 : word[0] == 'h' ? 2 : 1),
        };
    }

    private static byte[] Number(long value, int width)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes[^width..];
    }
}
