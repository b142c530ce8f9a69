using System.Buffers.Binary;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Scrubbing.Streams;

namespace Trama.Scrubbing.Frames;

/// <summary>
/// Puts right the checksum of a segment that the capture cut, by what is known to have changed (RFC 1624): so it stays equal to that of a
/// whole copy.
/// </summary>
internal static class CutChecksum
{
    private const int AddressesLength4 = 8, AddressesLength6 = 32;

    /// <summary>Changes it.</summary>
    /// <param name="original">The packet before.</param>
    /// <param name="packet">The packet after.</param>
    /// <param name="at">Where the segment begins.</param>
    /// <param name="ipAt">Where the IP header is.</param>
    /// <param name="wireLength">How long the segment was.</param>
    /// <param name="stream">What its side said; null for not known.</param>
    public static void Update(
        ReadOnlySpan<byte> original, Span<byte> packet, int at, int ipAt, int wireLength, ScrubbedStream? stream)
    {
        InternetChecksum before = Sum(original[..packet.Length], at, ipAt), after = Sum(packet, at, ipAt);
        ReadOnlySpan<byte> segment = packet[at..];
        if (stream is not null && segment.Length >= TcpHeader.MinimumLength)
        {
            int header = TcpHeader.LengthIn(segment[TcpHeader.OffsetAndFlagsAt]), captured = segment.Length - header;
            var sequence = new SequenceNumber(BinaryPrimitives.ReadUInt32BigEndian(segment[TcpHeader.SequenceAt..]));
            // A captured part of odd length would shift the words of the rest.
            if (captured >= 0 && (captured & 1) == 0 && wireLength > segment.Length)
            {
                before = before.Add(stream.Rest(sequence, captured, wireLength - header, out ReadOnlySpan<byte> rest));
                after = after.Add(rest);
            }
        }

        Span<byte> field = packet.Slice(at + TcpHeader.ChecksumAt, 2);
        ushort value = default(InternetChecksum).Add((uint)(ushort)~BinaryPrimitives.ReadUInt16BigEndian(field))
            .Add(before.Value).Add((uint)(ushort)~after.Value).Value;
        BinaryPrimitives.WriteUInt16BigEndian(field, value);
    }

    private static InternetChecksum Sum(ReadOnlySpan<byte> packet, int at, int ipAt)
    {
        (int from, int length) = packet[ipAt] >> 4 == 6
            ? (ipAt + Ipv6Header.SourceAt, AddressesLength6) : (ipAt + Ipv4Header.SourceAt, AddressesLength4);
        ReadOnlySpan<byte> segment = packet[at..];
        return default(InternetChecksum).Add(packet.Slice(from, length)).Add(segment[..TcpHeader.ChecksumAt])
            .Add(segment[(TcpHeader.ChecksumAt + 2)..]);
    }
}
