using System.Buffers;

namespace Trama.Rows.Parquet;

/// <summary>Numbers of 64 bits.</summary>
internal sealed class NumberBuffer : ColumnBuffer
{
    private long[] _values = [];
    private int _count;
    private (long Least, long Largest) _bounds = (long.MaxValue, long.MinValue);

    /// <inheritdoc/>
    public override int Type => FormatNumbers.Int64;

    /// <inheritdoc/>
    public override int Encoding => FormatNumbers.DeltaBinaryPacked;

    /// <inheritdoc/>
    public override (long Least, long Largest)? Bounds => _count == 0 ? null : _bounds;

    /// <summary>A row has this value.</summary>
    public void Add(long value)
    {
        if (_count == _values.Length) Array.Resize(ref _values, Math.Max(1024, _count * 2));
        _values[_count++] = value;
        _bounds = (Math.Min(_bounds.Least, value), Math.Max(_bounds.Largest, value));
        CountValue();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        (_count, _bounds) = (0, (long.MaxValue, long.MinValue));
    }

    /// <inheritdoc/>
    protected override void WriteValues(ArrayBufferWriter<byte> output) => DeltaEncoding.Write(output, _values.AsSpan(0, _count));
}
