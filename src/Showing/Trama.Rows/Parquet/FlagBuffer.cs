using System.Buffers;

namespace Trama.Rows.Parquet;

/// <summary>Values that are true or false: a bit each, the lowest first.</summary>
internal sealed class FlagBuffer : ColumnBuffer
{
    private byte[] _bits = [];
    private int _count;

    /// <inheritdoc/>
    public override int Type => FormatNumbers.Boolean;

    /// <inheritdoc/>
    public override int Encoding => FormatNumbers.Plain;

    /// <summary>A row has this value.</summary>
    public void Add(bool value)
    {
        if (_count == _bits.Length * 8) Array.Resize(ref _bits, Math.Max(128, _bits.Length * 2));
        byte bit = (byte)(1 << (_count % 8));
        if (value) _bits[_count / 8] |= bit;
        else _bits[_count / 8] &= (byte)~bit;
        _count++;
        CountValue();
    }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        _count = 0;
    }

    /// <inheritdoc/>
    protected override void WriteValues(ArrayBufferWriter<byte> output)
    {
        int length = (_count + 7) / 8;
        // What is beyond the last value belongs to an earlier row group.
        if (_count % 8 is > 0 and int used) _bits[length - 1] &= (byte)((1 << used) - 1);
        output.Write(_bits.AsSpan(0, length));
    }
}
