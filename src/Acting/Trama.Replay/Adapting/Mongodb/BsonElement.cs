using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Trama.Replay.Adapting.Mongodb;

/// <summary>An element of a BSON document (bsonspec.org, version 1.1).</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">All of it.</param>
internal readonly record struct BsonElement(byte Type, string Name, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The type of texts.</summary>
    public const byte Text = 2;

    /// <summary>The type of arrays.</summary>
    public const byte Array = 4;

    private const int Least = 5;

    /// <summary>The elements of the document that bytes begin with; null when it is none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="length">The document's length.</param>
    public static List<BsonElement>? Read(ReadOnlyMemory<byte> bytes, out int length)
    {
        length = bytes.Length < Least ? 0 : BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
        if (length < Least || length > bytes.Length) return null;
        List<BsonElement> elements = [];
        for (ReadOnlyMemory<byte> rest = bytes[4..(length - 1)]; !rest.IsEmpty;)
        {
            int name = rest.Span[1..].IndexOf((byte)0);
            if (name < 0) return null;
            int value = 1 + name + 1;
            long size = SizeOf(rest.Span[0], rest.Span[value..]);
            if (size < 0 || size > rest.Length - value) return null;
            int end = value + (int)size;
            elements.Add(new BsonElement(rest.Span[0], Encoding.UTF8.GetString(rest.Span.Slice(1, name)), rest[..end]));
            rest = rest[end..];
        }

        return elements;
    }

    /// <summary>A text.</summary>
    public static ReadOnlyMemory<byte> String(string name, byte[] text)
    {
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, text.Length + 1);
        return (byte[])[Text, .. Encoding.UTF8.GetBytes(name), 0, .. size, .. text, 0];
    }

    /// <summary>An array of texts.</summary>
    public static ReadOnlyMemory<byte> Strings(string name, IReadOnlyList<byte[]> texts)
    {
        var inside = new ArrayBufferWriter<byte>();
        for (int index = 0; index < texts.Count; index++)
            inside.Write(String(index.ToString(CultureInfo.InvariantCulture), texts[index]).Span);
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, inside.WrittenCount + Least);
        return (byte[])[Array, .. Encoding.UTF8.GetBytes(name), 0, .. size, .. inside.WrittenSpan, 0];
    }

    // How many bytes a value has; negative when nobody knows.
    private static long SizeOf(byte type, ReadOnlySpan<byte> value) => type switch
    {
        1 or 9 or 0x11 or 0x12 => 8,
        Text or 0x0d or 0x0e => 4 + Number(value),
        3 or Array or 0x0f => Number(value),
        5 => 5 + Number(value),
        6 or 0x0a or 0x7f or 0xff => 0,
        7 => 12,
        8 => 1,
        0x0b => Words(value),
        0x0c => 4 + Number(value) + 12,
        0x10 => 4,
        0x13 => 16,
        _ => -1,
    };

    private static long Number(ReadOnlySpan<byte> value) =>
        value.Length >= 4 && BinaryPrimitives.ReadInt32LittleEndian(value) is >= 0 and var number ? number : int.MinValue;

    // Two texts that end with zeros.
    private static long Words(ReadOnlySpan<byte> value)
    {
        int first = value.IndexOf((byte)0);
        int second = first < 0 ? -1 : value[(first + 1)..].IndexOf((byte)0);
        return second < 0 ? -1 : first + 1 + second + 1;
    }
}
