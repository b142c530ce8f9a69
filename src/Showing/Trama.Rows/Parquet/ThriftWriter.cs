using System.Buffers;

namespace Trama.Rows.Parquet;

/// <summary>Writes structures as Thrift's compact protocol has them: the headers of Parquet's pages, and its footer.</summary>
/// <param name="output">Where they go.</param>
internal sealed class ThriftWriter(IBufferWriter<byte> output)
{
    private const int LargestShortList = 14;
    private const int LargestFieldStep = 15;

    private readonly Stack<int> _outer = [];
    private int _field;

    /// <summary>The types of fields and of what lists hold.</summary>
    private enum Kind : byte
    {
        True = 1,
        Integer16 = 4,
        Integer32 = 5,
        Integer64 = 6,
        Bytes = 8,
        List = 9,
        Structure = 12,
    }

    /// <summary>Begins a structure that is no field of another one.</summary>
    public void Begin()
    {
        _outer.Push(_field);
        _field = 0;
    }

    /// <summary>Begins a structure as a field.</summary>
    public void Begin(int field)
    {
        Field(field, Kind.Structure);
        Begin();
    }

    /// <summary>Ends the structure that was begun last.</summary>
    public void End()
    {
        Byte(0);
        _field = _outer.Pop();
    }

    /// <summary>A field of 16 bits.</summary>
    public void Short(int field, short value)
    {
        Field(field, Kind.Integer16);
        output.WriteZigZag(value);
    }

    /// <summary>A field of 32 bits.</summary>
    public void Int(int field, int value)
    {
        Field(field, Kind.Integer32);
        output.WriteZigZag(value);
    }

    /// <summary>A field of 64 bits.</summary>
    public void Long(int field, long value)
    {
        Field(field, Kind.Integer64);
        output.WriteZigZag(value);
    }

    /// <summary>A field that is true.</summary>
    public void True(int field) => Field(field, Kind.True);

    /// <summary>A field of bytes, or of text in UTF-8.</summary>
    public void Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Field(field, Kind.Bytes);
        Bytes(bytes);
    }

    /// <summary>Begins a field that is a list of structures, each to be begun and ended.</summary>
    public void Structures(int field, int count) => List(field, Kind.Structure, count);

    /// <summary>A field that is a list of numbers of 32 bits.</summary>
    public void Ints(int field, ReadOnlySpan<int> values)
    {
        List(field, Kind.Integer32, values.Length);
        foreach (int value in values) output.WriteZigZag(value);
    }

    /// <summary>A field that is a list of one text in UTF-8.</summary>
    public void OneText(int field, ReadOnlySpan<byte> text)
    {
        List(field, Kind.Bytes, 1);
        Bytes(text);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        output.WriteVariable((ulong)bytes.Length);
        output.Write(bytes);
    }

    private void List(int field, Kind kind, int count)
    {
        Field(field, Kind.List);
        if (count <= LargestShortList)
        {
            Byte((byte)((count << 4) | (int)kind));
            return;
        }

        Byte((byte)(0xf0 | (int)kind));
        output.WriteVariable((ulong)count);
    }

    // A field says how far its number is from that of the field before.
    private void Field(int field, Kind kind)
    {
        int step = field - _field;
        _field = field;
        if (step is > 0 and <= LargestFieldStep)
        {
            Byte((byte)((step << 4) | (int)kind));
            return;
        }

        Byte((byte)kind);
        output.WriteZigZag(field);
    }

    private void Byte(byte value) => output.Write([value]);
}
