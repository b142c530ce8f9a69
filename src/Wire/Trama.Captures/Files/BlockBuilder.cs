using System.Buffers.Binary;
using System.Text;

namespace Trama.Captures.Files;

/// <summary>Puts a little-endian pcapng block together, field by field.</summary>
internal sealed class BlockBuilder
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>Starts a block of a type.</summary>
    public void Begin(uint type)
    {
        _length = 0;
        U32(type);
        // The length, known at the end.
        U32(0);
    }

    /// <summary>Appends a 16-bit number.</summary>
    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    /// <summary>Appends a 32-bit number.</summary>
    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Appends a 64-bit number.</summary>
    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Appends a timestamp's count: its upper half first, whatever the byte order.</summary>
    public void Time(ulong count)
    {
        U32((uint)(count >> 32));
        U32((uint)count);
    }

    /// <summary>Appends bytes and the padding behind them.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = Take(PcapngFormat.Padded(bytes.Length));
        bytes.CopyTo(room);
        room[bytes.Length..].Clear();
    }

    /// <summary>Appends an option.</summary>
    public void Option(ushort code, ReadOnlySpan<byte> value)
    {
        U16(code);
        U16((ushort)value.Length);
        Bytes(value);
    }

    /// <summary>Appends an option with a timestamp's count.</summary>
    public void Time(ushort code, ulong count)
    {
        U16(code);
        U16(8);
        Time(count);
    }

    /// <summary>Appends an option with a 64-bit number.</summary>
    public void Number(ushort code, ulong value)
    {
        U16(code);
        U16(8);
        U64(value);
    }

    /// <summary>Appends an option with a text, cut to what an option can hold; nothing when the text is empty.</summary>
    public void Text(ushort code, string text)
    {
        if (text.Length == 0) return;
        ReadOnlySpan<byte> utf8 = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(utf8.Length, ushort.MaxValue);
        // Never in the middle of a character.
        while (length < utf8.Length && (utf8[length] & 0xC0) == 0x80) length--;
        Option(code, utf8[..length]);
    }

    /// <summary>Marks the end of the options.</summary>
    public void EndOptions() => Option(PcapngFormat.EndOfOptions, []);

    /// <summary>The whole block, valid until the next one begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        uint whole = (uint)(_length + PcapngFormat.BlockTrailerLength);
        U32(whole);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(4), whole);
        return _buffer.AsSpan(0, _length);
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        Span<byte> room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
