using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Tests.Http2;

/// <summary>Writes HTTP/2. Fields are literals, added to the table when their name begins with <c>+</c>.</summary>
internal static class Frames
{
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    public static byte[] Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    public static byte[] Frame(byte type, byte flags, uint stream, params byte[][] payload)
    {
        byte[] body = [.. payload.SelectMany(part => part)];
        byte[] frame = new byte[9 + body.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)body.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(5), stream);
        body.CopyTo(frame, 9);
        return frame;
    }

    public static byte[] Settings(params (ushort Setting, uint Value)[] settings) =>
        Frame(4, 0, 0, [.. settings.Select(one => (byte[])[(byte)(one.Setting >> 8), (byte)one.Setting, .. Number(one.Value)])]);

    public static byte[] Headers(uint stream, bool isOver, params string[] fields) =>
        Frame(1, (byte)(EndHeaders | (isOver ? EndStream : 0)), stream, Block(fields));

    public static byte[] Get(uint stream, string path) => Headers(stream, true, ":method: GET", ":scheme: http", "+:path: " + path);

    public static byte[] Post(uint stream, string path, params string[] fields) =>
        Headers(stream, false, [":method: POST", ":scheme: http", ":path: " + path, .. fields]);

    public static byte[] Data(uint stream, bool isOver, params byte[] body) => Frame(0, isOver ? EndStream : (byte)0, stream, body);

    public static byte[] Reset(uint stream, uint error) => Frame(3, 0, stream, Number(error));

    public static byte[] GoAway(uint last, uint error) => Frame(7, 0, 0, Number(last), Number(error));

    /// <summary>A message of gRPC.</summary>
    public static byte[] Message(int length) => [0, .. Number((uint)length), .. new byte[length]];

    public static byte[] Number(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>A header block. A field that is a number is an index.</summary>
    public static byte[] Block(params string[] fields) => [.. fields.SelectMany(Field)];

    private static byte[] Field(string field)
    {
        if (int.TryParse(field, out int index)) return [(byte)(0x80 | index)];
        bool isAdded = field[0] == '+';
        int colon = field.IndexOf(": ", StringComparison.Ordinal);
        byte[] name = Encoding.ASCII.GetBytes(field[(isAdded ? 1 : 0)..colon]);
        byte[] value = Encoding.UTF8.GetBytes(field[(colon + 2)..]);
        return [isAdded ? (byte)0x40 : (byte)0, .. Length(name.Length), .. name, .. Length(value.Length), .. value];
    }

    private static byte[] Length(int length)
    {
        if (length < 127) return [(byte)length];
        var bytes = new List<byte> { 127 };
        for (length -= 127; length >= 128; length >>= 7) bytes.Add((byte)(length & 127 | 128));
        bytes.Add((byte)length);
        return [.. bytes];
    }
}
