using System.Buffers.Binary;

namespace Trama.Framing.Tls.Keys;

/// <summary>The 32 random bytes of a ClientHello, by which a key log names a connection (RFC 9850 section 2).</summary>
internal readonly record struct ClientRandom(UInt128 First, UInt128 Second)
{
    /// <summary>How many bytes it has.</summary>
    public const int Length = 32;

    /// <summary>Reads it.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    public static ClientRandom Of(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));

    /// <summary>Writes it.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, First);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], Second);
    }
}
