using System.Buffers.Binary;

namespace Trama.Framing.Mongodb;

/// <summary>
/// Walks over the elements of one BSON document (bsonspec.org, version 1.1) as its bytes come. Of each it keeps the name and the beginning
/// of the value; documents inside are passed over by their length.
/// </summary>
internal sealed class BsonWalker
{
    private const int MaxName = 64;
    private const int MaxValue = 1024;

    private readonly byte[] _name = new byte[MaxName];
    private readonly byte[] _value = new byte[MaxValue];
    private Part _part;
    private int _nameLength;
    private int _valueLength;
    private int _left;
    private int _strings;

    private enum Part : byte
    {
        Length,
        Type,
        Name,
        Size,
        Text,
        Value,
        Over,
    }

    /// <summary>Whether the document is over, or nobody knows how it goes on.</summary>
    public bool IsOver => _part == Part.Over;

    /// <summary>Whether nobody knows how it goes on.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The type of the element just completed.</summary>
    public byte Type { get; private set; }

    /// <summary>Its name, or the beginning of it.</summary>
    public ReadOnlySpan<byte> Name => _name.AsSpan(0, _nameLength);

    /// <summary>The beginning of its value, with the length that stands before it; empty where bytes of it are missing.</summary>
    public ReadOnlySpan<byte> Value => _value.AsSpan(0, _valueLength);

    /// <summary>The text of a string, without its length and its NUL; empty of another type.</summary>
    public ReadOnlySpan<byte> Text => TextOf(Type, Value);

    /// <summary>A number of any type, or whether a boolean is true; 0 of another type.</summary>
    public double Number => NumberOf(Type, Value);

    /// <summary>Begins a document.</summary>
    public void Begin()
    {
        (_part, _valueLength, _left, IsBroken) = (Part.Length, 0, sizeof(int), false);
    }

    /// <summary>Takes bytes up to the end of the next element, or of the document.</summary>
    /// <returns>Whether an element is complete.</returns>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length && !IsOver)
        {
            switch (_part)
            {
                case Part.Type:
                    BeginElement(bytes[at++]);
                    break;
                case Part.Name:
                    TakeName(bytes[at++]);
                    break;
                case Part.Text:
                    if (bytes[at++] == 0 && --_strings == 0) _part = Part.Value;
                    break;
                default:
                    int taken = Math.Min(_left, bytes.Length - at);
                    Keep(bytes.Slice(at, taken));
                    at += taken;
                    _left -= taken;
                    break;
            }

            if (_left == 0 && _part is Part.Length or Part.Size) TakeLength();
            if (_left > 0 || _part != Part.Value) continue;
            _part = Part.Type;
            return true;
        }

        return false;
    }

    /// <summary>Passes over missing bytes; where they are not all of one value, nobody knows how the document goes on.</summary>
    public void Pass(int count)
    {
        if (IsOver) return;
        if (_part == Part.Value && count < _left)
        {
            (_left, _valueLength) = (_left - count, 0);
            return;
        }

        Break();
    }

    /// <summary>The text of a string of which the value is given.</summary>
    public static ReadOnlySpan<byte> TextOf(byte type, ReadOnlySpan<byte> value)
    {
        if (type is not 2 || value.Length <= sizeof(int)) return default;
        int length = BinaryPrimitives.ReadInt32LittleEndian(value) - 1;
        ReadOnlySpan<byte> text = value[sizeof(int)..];
        return length >= 0 && length <= text.Length ? text[..length] : text;
    }

    /// <summary>The number of which the value is given.</summary>
    public static double NumberOf(byte type, ReadOnlySpan<byte> value) => (type, value.Length) switch
    {
        (1, 8) => BinaryPrimitives.ReadDoubleLittleEndian(value),
        (8, 1) => value[0],
        (16, 4) => BinaryPrimitives.ReadInt32LittleEndian(value),
        (18, 8) => BinaryPrimitives.ReadInt64LittleEndian(value),
        _ => 0,
    };

    private void BeginElement(byte type)
    {
        (Type, _nameLength, _valueLength, _left) = (type, 0, 0, 0);
        _part = type == 0 ? Part.Over : Part.Name;
    }

    private void TakeName(byte letter)
    {
        if (letter != 0)
        {
            if (_nameLength < MaxName) _name[_nameLength++] = letter;
            return;
        }

        (_part, _left) = Type switch
        {
            1 or 9 or 17 or 18 => (Part.Value, 8),
            2 or 3 or 4 or 5 or 12 or 13 or 14 or 15 => (Part.Size, sizeof(int)),
            6 or 10 or 0x7f or 0xff => (Part.Value, 0),
            7 => (Part.Value, 12),
            8 => (Part.Value, 1),
            11 => (Part.Text, 0),
            16 => (Part.Value, 4),
            19 => (Part.Value, 16),
            _ => (Part.Over, 0),
        };
        _strings = 2;
        IsBroken |= IsOver;
    }

    // The length of the document, or the one that stands before a value.
    private void TakeLength()
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_value);
        if (_part == Part.Length)
        {
            _part = length < 5 ? Part.Over : Part.Type;
            IsBroken |= IsOver;
            return;
        }

        long left = Type switch { 3 or 4 or 15 => (long)length - sizeof(int), 5 => (long)length + 1, 12 => (long)length + 12, _ => length };
        if (length < 0 || left is < 0 or > int.MaxValue) Break();
        else (_part, _left) = (Part.Value, (int)left);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, MaxValue - _valueLength)];
        bytes.CopyTo(_value.AsSpan(_valueLength));
        _valueLength += bytes.Length;
    }

    private void Break() => (_part, IsBroken, _left) = (Part.Over, true, 0);
}
