using System.Buffers;
using System.Buffers.Binary;

namespace Trama.Replay.Adapting.Kafka;

/// <summary>Copies a message of Kafka field by field, some of them changed.</summary>
/// <param name="message">The message, with the length that it begins with.</param>
/// <param name="isFlexible">Whether it has compact lengths and tagged fields (KIP-482).</param>
internal sealed class KafkaCopy(ReadOnlyMemory<byte> message, bool isFlexible)
{
    private const int LengthSize = 4;
    private const long MostElements = 1 << 16;

    private readonly ArrayBufferWriter<byte> _output = new(message.Length + 64);
    private ReadOnlyMemory<byte> _rest = message;

    /// <summary>Whether all so far was as it should be.</summary>
    public bool Fits { get; private set; } = true;

    /// <summary>Copies so many bytes.</summary>
    public void Copy(int count)
    {
        if (Take(count) is { } bytes) _output.Write(bytes.Span);
    }

    /// <summary>Copies the tagged fields that a flexible message has here; others have none.</summary>
    public void CopyTags()
    {
        if (!isFlexible) return;
        for (ulong left = CopyVarint(); left > 0 && Fits; left--)
        {
            CopyVarint();
            Copy((int)Math.Min(CopyVarint(), int.MaxValue));
        }
    }

    /// <summary>Copies how many elements follow; 0 for none.</summary>
    public long CopyCount()
    {
        long count;
        if (isFlexible) count = (long)Math.Min(CopyVarint(), int.MaxValue) - 1;
        else
        {
            count = Take(4) is { } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes.Span) : 0;
            Write(4, count);
        }

        Fits &= count <= MostElements;
        return Math.Max(0, count);
    }

    /// <summary>Copies a text, or that there is none.</summary>
    public void CopyText()
    {
        if (ReadText() is { } text) WriteText(text);
        else WriteNoText();
    }

    /// <summary>Another text stands here, where there is one that is not empty.</summary>
    /// <returns>Whether it does.</returns>
    public bool ReplaceText(ReadOnlyMemory<byte> other)
    {
        ReadOnlyMemory<byte>? text = ReadText();
        if (text is { IsEmpty: false }) WriteText(other);
        else if (text is { } empty) WriteText(empty);
        else WriteNoText();
        return text is { IsEmpty: false };
    }

    /// <summary>Another number stands here.</summary>
    public void Replace(int size, long value)
    {
        if (Take(size) is not null) Write(size, value);
    }

    /// <summary>The whole message, its length put right; null when it was not as it should be.</summary>
    public ReadOnlyMemory<byte>? Complete()
    {
        if (!Fits) return null;
        _output.Write(_rest.Span);
        byte[] whole = _output.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(whole, whole.Length - LengthSize);
        return whole;
    }

    private ReadOnlyMemory<byte>? Take(int count)
    {
        Fits &= count >= 0 && count <= _rest.Length;
        if (!Fits) return null;
        ReadOnlyMemory<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ReadOnlyMemory<byte>? ReadText()
    {
        long length = isFlexible ? (long)Math.Min(ReadVarint(), int.MaxValue) - 1
            : Take(2) is { } bytes ? BinaryPrimitives.ReadInt16BigEndian(bytes.Span) : -1;
        return length < 0 ? null : Take((int)length);
    }

    private void WriteText(ReadOnlyMemory<byte> text)
    {
        if (isFlexible) WriteVarint((ulong)text.Length + 1);
        else Write(2, text.Length);
        _output.Write(text.Span);
    }

    private void WriteNoText()
    {
        if (isFlexible) WriteVarint(0);
        else Write(2, -1);
    }

    private ulong CopyVarint()
    {
        ulong value = ReadVarint();
        WriteVarint(value);
        return value;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (Take(1) is not { } next) return 0;
            value |= (ulong)(next.Span[0] & 0x7f) << shift;
            if (next.Span[0] < 0x80) return value;
        }

        Fits = false;
        return 0;
    }

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _output.Write([(byte)(value | 0x80)]);
        _output.Write([(byte)value]);
    }

    private void Write(int size, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _output.Write(bytes[^size..]);
    }
}
