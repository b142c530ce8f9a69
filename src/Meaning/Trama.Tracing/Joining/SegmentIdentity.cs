using System.Security.Cryptography;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>What a segment keeps on its way, and a retransmission of it does not.</summary>
internal readonly record struct SegmentIdentity(
    SequenceNumber Sequence, uint Acknowledgement, int Length, TcpFlags Flags, SegmentTimestamps? Timestamps, int IpIdentification)
{
    // Peers choose what is hashed: nobody can say what falls together.
    private static readonly ulong s_one = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private static readonly ulong s_other = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static SegmentIdentity Of(ConnectionPair pair, Connection connection, in TracedSegment segment) => new(
        pair.Sequence(connection, segment), pair.Acknowledgement(connection, segment), segment.Length, segment.Flags, segment.Timestamps,
        segment.IpIdentification);

    /// <summary>Whether two segments are the same; written out, since it is asked several times of each.</summary>
    public bool Equals(SegmentIdentity other) => Sequence == other.Sequence && Acknowledgement == other.Acknowledgement
        && Length == other.Length && IpIdentification == other.IpIdentification && Flags == other.Flags
        && Timestamps.HasValue == other.Timestamps.HasValue && Timestamps.GetValueOrDefault() == other.Timestamps.GetValueOrDefault();

    /// <summary>A number that differs where segments do, as good as always.</summary>
    public override int GetHashCode()
    {
        SegmentTimestamps timestamps = Timestamps.GetValueOrDefault();
        ulong numbers = ((ulong)Sequence.Value << 32) | Acknowledgement;
        ulong others = ((ulong)(timestamps.Value ^ (uint)Length) << 32) | (timestamps.Echo ^ (uint)IpIdentification ^ ((uint)Flags << 20));
        ulong high = Math.BigMul(numbers ^ s_one, others ^ s_other, out ulong low);
        return (int)((high ^ low) >> 32) ^ (int)(high ^ low);
    }
}
