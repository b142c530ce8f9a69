using System.Buffers.Binary;
using System.Text;

namespace Trama.Rows.Spans;

/// <summary>Writes messages of Protocol Buffers (https://protobuf.dev/programming-guides/encoding/), as far as spans need it.</summary>
internal sealed class ProtobufWriter
{
    // A length of four bytes reaches 256 MiB; written so, it is known where it stands before it is known.
    private const int LengthBytes = 4;

    private const int Variable = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private byte[] _bytes = new byte[4096];

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes, valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>Begins a message as a field.</summary>
    /// <returns>What <see cref="End"/> needs.</returns>
    public int Begin(int field)
    {
        Tag(field, Delimited);
        Room(LengthBytes);
        Length += LengthBytes;
        return Length;
    }

    /// <summary>Ends a message.</summary>
    public void End(int start)
    {
        int length = Length - start;
        for (int i = 0; i < LengthBytes; i++)
            _bytes[start - LengthBytes + i] = (byte)(((length >> (7 * i)) & 0x7f) | (i < LengthBytes - 1 ? 0x80 : 0));
    }

    /// <summary>A field of bytes.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, Delimited);
        Varint((ulong)bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A field of text.</summary>
    public void Text(int field, string text)
    {
        Tag(field, Delimited);
        int length = Encoding.UTF8.GetByteCount(text);
        Varint((ulong)length);
        Length += Encoding.UTF8.GetBytes(text, Room(length));
    }

    /// <summary>A field that is a number, or one of an enumeration.</summary>
    public void Number(int field, long value)
    {
        Tag(field, Variable);
        Varint((ulong)value);
    }

    /// <summary>A field of eight bytes.</summary>
    public void Fixed(int field, ulong value)
    {
        Tag(field, Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
        Length += sizeof(ulong);
    }

    /// <summary>A field of four bytes.</summary>
    public void Fixed(int field, uint value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
        Length += sizeof(uint);
    }

    /// <summary>Fields that another writer wrote.</summary>
    public void Append(ReadOnlySpan<byte> fields)
    {
        fields.CopyTo(Room(fields.Length));
        Length += fields.Length;
    }

    private void Tag(int field, int kind) => Varint(((ulong)field << 3) | (uint)kind);

    private void Varint(ulong value)
    {
        Span<byte> room = Room(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7) room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        Length += length;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        return _bytes.AsSpan(Length);
    }
}
