using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trama.Framing.Tests.Kafka;

/// <summary>Writes messages of Kafka. In a body, words are written one after the other: <c>i2:5</c> a number of so many bytes, <c>s:a</c> a
/// string, <c>c:a</c> a compact one, <c>v:3</c> a varint of one byte, <c>u:7</c> a topic's identifier, <c>x:0a</c> bytes, <c>z:99</c> so
/// many zeros.</summary>
internal static class KafkaMessages
{
    private static readonly byte[] Client = Encoding.ASCII.GetBytes("\0\u0003app");

    /// <summary>A request, whose name is <c>app</c>.</summary>
    public static byte[] Request(short api, short version, int correlation, string body = "", bool isFlexible = false) =>
        Message([.. Number(api, 2), .. Number(version, 2), .. Number(correlation, 4), .. Client, .. isFlexible ? [0] : Array.Empty<byte>(),
            .. Body(body)]);

    /// <summary>A reply.</summary>
    public static byte[] Reply(int correlation, string body, bool isFlexible = false) =>
        Message([.. Number(correlation, 4), .. isFlexible ? [0] : Array.Empty<byte>(), .. Body(body)]);

    /// <summary>What stands behind its length.</summary>
    public static byte[] Message(byte[] content) => [.. Number(content.Length, 4), .. content];

    private static byte[] Body(string words) =>
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Written(word[..word.IndexOf(':')],
            word[(word.IndexOf(':') + 1)..]))];

    private static byte[] Written(string kind, string value) => kind switch
    {
        "s" => [.. Number(value.Length, 2), .. Encoding.UTF8.GetBytes(value)],
        "c" => [(byte)(value.Length + 1), .. Encoding.UTF8.GetBytes(value)],
        "v" => [byte.Parse(value, CultureInfo.InvariantCulture)],
        "u" => [.. new byte[15], byte.Parse(value, CultureInfo.InvariantCulture)],
        "x" => Convert.FromHexString(value),
        "z" => new byte[int.Parse(value, CultureInfo.InvariantCulture)],
        _ => Number(long.Parse(value, CultureInfo.InvariantCulture), kind[1] - '0'),
    };

    private static byte[] Number(long value, int width)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes[^width..];
    }
}
