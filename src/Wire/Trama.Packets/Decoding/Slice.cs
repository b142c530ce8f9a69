using System.Runtime.CompilerServices;

namespace Trama.Packets.Decoding;

/// <summary>
/// The rest of a packet at some layer: the captured bytes and their length on the wire, which travel together, so that each
/// layer can narrow both by its own length field.
/// </summary>
internal readonly ref struct Slice(ReadOnlySpan<byte> bytes, int wireLength)
{
    /// <summary>The captured bytes, no more than <see cref="WireLength"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes.Length > wireLength ? bytes[..Math.Max(wireLength, 0)] : bytes;

    /// <summary>The length on the wire, in bytes.</summary>
    public int WireLength { get; } = wireLength;

    /// <summary>What follows the first <paramref name="count"/> bytes; empty when they were not all captured.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slice From(int count) => count > Bytes.Length ? default : new(Bytes[count..], WireLength - count);

    /// <summary>The same bytes of a packet that was longer on the wire than its frame in the capture.</summary>
    public Slice Widen(int wireLength) => new(Bytes, Math.Max(wireLength, WireLength));

    /// <summary>At most <paramref name="length"/> bytes of the wire.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slice Narrow(int length) => length >= WireLength ? this : new(Bytes, length);
}
