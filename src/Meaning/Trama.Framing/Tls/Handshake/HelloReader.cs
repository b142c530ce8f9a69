using System.Buffers.Binary;

namespace Trama.Framing.Tls.Handshake;

/// <summary>Walks the fields of a handshake message. A vector that says more than there is ends with what there is.</summary>
internal ref struct HelloReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>What is left.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>Takes so many bytes, or what is left.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = Rest[..Math.Min(count, Rest.Length)];
        Rest = Rest[taken.Length..];
        return taken;
    }

    /// <summary>A number of 8 bits; 0 when it is not there.</summary>
    public byte U8() => Take(1) is [byte value] ? value : (byte)0;

    /// <summary>A number of 16 bits; 0 when it is not there whole.</summary>
    public ushort U16() => Take(2) is { Length: 2 } value ? BinaryPrimitives.ReadUInt16BigEndian(value) : (ushort)0;

    /// <summary>A number of 24 bits; 0 when it is not there whole.</summary>
    public int U24() => Take(3) is [byte high, byte middle, byte low] ? high << 16 | middle << 8 | low : 0;

    /// <summary>A vector whose length has 8 bits (RFC 8446 section 3.4).</summary>
    public ReadOnlySpan<byte> Vector8() => Take(U8());

    /// <summary>A vector whose length has 16 bits.</summary>
    public ReadOnlySpan<byte> Vector16() => Take(U16());

    /// <summary>A vector whose length has 24 bits.</summary>
    public ReadOnlySpan<byte> Vector24() => Take(U24());
}
