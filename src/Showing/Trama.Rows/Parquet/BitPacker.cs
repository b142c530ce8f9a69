using System.Buffers.Binary;

namespace Trama.Rows.Parquet;

/// <summary>Puts numbers of a few bits each one after another, the lowest bit first.</summary>
/// <param name="room">Where they go, with eight bytes more than they take.</param>
internal ref struct BitPacker(Span<byte> room)
{
    private readonly Span<byte> _room = room;
    private ulong _held;
    private int _heldBits;
    private int _length;

    /// <summary>Adds a number.</summary>
    /// <param name="value">The number, which has no more bits than it is given.</param>
    /// <param name="width">How many bits it gets, 0 to 64.</param>
    public void Add(ulong value, int width)
    {
        _held |= value << _heldBits;
        int bits = _heldBits + width;
        if (bits < 64)
        {
            _heldBits = bits;
            return;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_room[_length..], _held);
        _length += sizeof(ulong);
        // A shift by 64 would be one by 0.
        _held = _heldBits == 0 ? 0 : value >> (64 - _heldBits);
        _heldBits = bits - 64;
    }

    /// <summary>Ends with zeros up to a length in bytes.</summary>
    public void FillTo(int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_room[_length..], _held);
        _length += sizeof(ulong);
        if (_length < length) _room[_length..length].Clear();
    }
}
