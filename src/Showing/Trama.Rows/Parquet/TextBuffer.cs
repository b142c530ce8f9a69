using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Trama.Rows.Parquet;

/// <summary>Texts in UTF-8: each different one stands once in a dictionary, and rows have its number; where most differ, rows have them
/// themselves.</summary>
internal sealed class TextBuffer : ColumnBuffer
{
    private readonly TextDictionary _dictionary = new();
    private int[] _numbers = [];
    private int _count;

    /// <inheritdoc/>
    public override int Type => FormatNumbers.ByteArray;

    /// <inheritdoc/>
    public override int Encoding => HasDictionary ? FormatNumbers.RunDictionary : FormatNumbers.Plain;

    /// <inheritdoc/>
    public override int DictionaryValues => HasDictionary ? _dictionary.Count : 0;

    /// <summary>How many bytes the different texts have together.</summary>
    public int Bytes => _dictionary.Bytes;

    private bool HasDictionary => _count > 0 && _dictionary.Count <= _count / 2;

    /// <summary>A row has this value.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (_count == _numbers.Length) Array.Resize(ref _numbers, Math.Max(1024, _count * 2));
        // Rows often say what the one before said.
        int number = _count > 0 && _dictionary[_numbers[_count - 1]].SequenceEqual(text) ? _numbers[_count - 1] : _dictionary.Number(text);
        _numbers[_count++] = number;
        CountValue();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _dictionary.Clear();
        _count = 0;
    }

    /// <inheritdoc/>
    public override void WriteDictionary(ArrayBufferWriter<byte> output)
    {
        for (int number = 0; number < _dictionary.Count; number++) WritePlain(output, _dictionary[number]);
    }

    /// <inheritdoc/>
    protected override void WriteValues(ArrayBufferWriter<byte> output)
    {
        ReadOnlySpan<int> numbers = _numbers.AsSpan(0, _count);
        if (!HasDictionary)
        {
            foreach (int number in numbers) WritePlain(output, _dictionary[number]);
            return;
        }

        int width = Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(_dictionary.Count - 1)));
        output.Write([(byte)width]);
        RunEncoding.Write(output, numbers, width);
    }

    private static void WritePlain(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), text.Length);
        output.Advance(sizeof(int));
        output.Write(text);
    }
}
