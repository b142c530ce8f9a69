using System.Buffers;
using System.Buffers.Binary;

namespace Trama.Framing;

/// <summary>Begins each message with its length.</summary>
internal sealed class LengthEnvelope(LengthField field, int adjustment) : Envelope
{
    private readonly int _width = LengthStream.Width(field);

    /// <inheritdoc/>
    public override Range Words(ReadOnlySpan<byte> message) => Math.Min(_width, message.Length)..;

    /// <inheritdoc/>
    public override bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> words, Direction direction)
    {
        long length = words.Length - (long)adjustment;
        if (length < 0 || length > uint.MaxValue >> (32 - 8 * _width)) return false;
        Span<byte> prefix = output.GetSpan(_width);
        switch (field)
        {
            case LengthField.U8: prefix[0] = (byte)length; break;
            case LengthField.U16BE: BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)length); break;
            case LengthField.U16LE: BinaryPrimitives.WriteUInt16LittleEndian(prefix, (ushort)length); break;
            case LengthField.U32BE: BinaryPrimitives.WriteUInt32BigEndian(prefix, (uint)length); break;
            default: BinaryPrimitives.WriteUInt32LittleEndian(prefix, (uint)length); break;
        }

        output.Advance(_width);
        output.Write(words);
        return true;
    }
}
