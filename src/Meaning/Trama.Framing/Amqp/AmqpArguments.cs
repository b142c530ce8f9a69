using System.Buffers.Binary;

namespace Trama.Framing.Amqp;

/// <summary>Reads the arguments of a method in their order. Behind the end everything is empty.</summary>
internal ref struct AmqpArguments(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether more was read than there is.</summary>
    public bool IsPastEnd { get; private set; }

    /// <summary>Passes over some bytes.</summary>
    public void Skip(int count) => Take(count);

    /// <summary>A number of two bytes.</summary>
    public int TakeShort() => Take(2) is { Length: 2 } bytes ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : 0;

    /// <summary>A number of eight bytes.</summary>
    public ulong TakeLong() => Take(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;

    /// <summary>Eight bits.</summary>
    public int TakeBits() => Take(1) is { Length: 1 } bytes ? bytes[0] : 0;

    /// <summary>A string of at most 255 bytes.</summary>
    public ReadOnlySpan<byte> TakeString() => Take(TakeBits());

    private ReadOnlySpan<byte> Take(int count)
    {
        IsPastEnd |= count > _rest.Length;
        if (IsPastEnd) return default;
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
