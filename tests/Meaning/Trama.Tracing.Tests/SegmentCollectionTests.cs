using CsCheck;
using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

/// <summary>What was packed comes out again, in any way of reading.</summary>
public class SegmentCollectionTests
{
    private static readonly Gen<TracedSegment> s_segments =
        from packet in Gen.Long
        from at in Gen.OneOf(Gen.Long[0, 1_000_000], Gen.Long)
        from side in Gen.Bool
        from flags in Gen.OneOf(Gen.Const((int)TcpFlags.Ack), Gen.Int[0, 0xfff])
        from sequence in Gen.UInt
        from acknowledgement in Gen.UInt
        from length in Gen.OneOf(Gen.Int[0, 1460], Gen.Int[0, int.MaxValue])
        from window in Gen.OneOf(Gen.Const(65535), Gen.Int[0, int.MaxValue])
        from marks in Gen.Int[0, ushort.MaxValue]
        from rttNs in Gen.OneOf(Gen.Const(-1L), Gen.Long[0, long.MaxValue])
        from timeToLive in Gen.Byte
        from identification in Gen.OneOf(Gen.Int[0, 0xfffff], Gen.Int)
        from timestamps in Gen.Select(Gen.UInt, Gen.UInt)
        from sack in Gen.Select(Gen.UInt, Gen.UInt)
        from present in Gen.Int[0, 7]
        select new TracedSegment(packet, new Timestamp(at), side ? Side.Server : Side.Client, (TcpFlags)flags, sequence,
            ((TcpFlags)flags & TcpFlags.Ack) != 0 ? acknowledgement : null, length, window, (SegmentMarks)marks, rttNs < 0 ? null : rttNs)
        {
            TimeToLive = timeToLive,
            IpIdentification = identification,
            Timestamps = (present & 1) == 0 ? null : new SegmentTimestamps(timestamps.Item1, timestamps.Item2),
            Sack = (present & 2) == 0 ? null : new SackBlock(sack.Item1, sack.Item2),
            HasWrongChecksum = (present & 4) != 0,
        };

    [Fact]
    public void Any_segments_are_read_as_they_were_added() =>
        s_segments.Array[0, 300].Sample(segments =>
        {
            var kept = new SegmentCollection();
            for (int round = 0; round < 2; round++)
            {
                foreach (TracedSegment segment in segments) kept.Add(segment);
                Assert.Equal(segments, kept);
                var unpacked = new List<TracedSegment> { default };
                kept.CopyTo(unpacked);
                Assert.Equal(segments, unpacked);
                for (int i = 0; i < segments.Length; i += 7) Assert.Equal(segments[i], kept[i]);
                // The room is used again.
                kept.Clear();
                Assert.Empty(kept);
            }
        }, iter: 200);

    [Fact]
    public void Ordinary_segments_take_a_quarter_of_their_room()
    {
        var kept = new SegmentCollection();
        const int Count = 4096;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            Side from = i % 2 == 0 ? Side.Client : Side.Server;
            var at = new Timestamp(1_700_000_000_000_000_000 + i * 40_000L);
            kept.Add(new TracedSegment(1 + i * 50, at, from, TcpFlags.Psh | TcpFlags.Ack, (uint)(i / 2 * 100), (uint)(i * 50), 100, 65535,
                SegmentMarks.None, 35_000)
            {
                TimeToLive = 64,
                IpIdentification = i / 2,
                Timestamps = new SegmentTimestamps((uint)i, (uint)i),
            });
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, Count * 20);
        Assert.Throws<ArgumentOutOfRangeException>(() => kept[Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => kept[-1]);
    }
}
