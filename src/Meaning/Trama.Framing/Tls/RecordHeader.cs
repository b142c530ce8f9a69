using System.Buffers.Binary;
using Trama.Framing.Tls.Records;

namespace Trama.Framing.Tls;

/// <summary>What stands before each record: its type, its version and its length (RFC 8446 section 5.1).</summary>
internal readonly record struct RecordHeader(RecordType Type, ushort Version, int FragmentLength)
{
    /// <summary>The length of a header, in bytes.</summary>
    public const int Length = 5;

    /// <summary>The longest fragment: 2^14 bytes of plaintext, and what encryption may add (RFC 5246 section 6.2.3).</summary>
    public const int MaxFragment = (1 << 14) + 2048;

    /// <summary>The length of the record, its header included, in bytes.</summary>
    public int RecordLength => Length + FragmentLength;

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">At least <see cref="Length"/> bytes.</param>
    /// <param name="header">The header.</param>
    /// <returns>False when no record begins so.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = new((RecordType)bytes[0], BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]));
        return header.Type is >= RecordType.ChangeCipherSpec and <= RecordType.Heartbeat
            && header.Version is >= 0x0300 and <= 0x0304 && header.FragmentLength is > 0 and <= MaxFragment;
    }

    /// <summary>Whether bytes may be the beginning of a header, as far as they go.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Length) return TryParse(bytes, out _);
        return (bytes.Length < 1 || bytes[0] is >= (byte)RecordType.ChangeCipherSpec and <= (byte)RecordType.Heartbeat)
            && (bytes.Length < 2 || bytes[1] == 3) && (bytes.Length < 3 || bytes[2] <= 4)
                && (bytes.Length < 4 || bytes[3] <= MaxFragment >> 8);
    }
}
