namespace Trama.Framing;

/// <summary>A message is a length, then as many bytes as it says and a fixed number more (or fewer).</summary>
internal sealed class LengthStream(LengthField field, int adjustment) : StreamFraming
{
    private readonly int _width = Width(field);

    private readonly bool _littleEndian = field is LengthField.U16LE or LengthField.U32LE;
    private int _read;
    private uint _value;
    private long _left;

    /// <summary>How many bytes the length takes.</summary>
    public static int Width(LengthField field) => field switch
    {
        LengthField.U8 => 1,
        LengthField.U16BE or LengthField.U16LE => 2,
        _ => 4,
    };

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (_read < _width)
        {
            if (at == bytes.Length) return FrameStep.NeedMore(at);
            _value |= (uint)bytes[at++] << (8 * (_littleEndian ? _read : _width - 1 - _read));
            if (++_read < _width) continue;
            _left = _value + (long)adjustment;
            if (_left < 0) return Unfit(FramingFault.NegativeLength, at - _width);
        }

        return Body(at, bytes.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => _read < _width ? base.Pass(count) : Body(0, count);

    private FrameStep Body(int from, int length)
    {
        int taken = (int)Math.Min(_left, length - from);
        _left -= taken;
        if (_left > 0) return FrameStep.NeedMore(length);
        _read = 0;
        _value = 0;
        return FrameStep.Complete(from + taken);
    }
}
