using System.Runtime.CompilerServices;
using Trama.Packets;
using Trama.Packets.Transport;
using static Trama.Tracing.PackedNumber;

namespace Trama.Tracing;

/// <summary>
/// Writes segments into some twenty bytes each, and reads them in the same order: what one tells beyond the last of its side.
/// </summary>
internal struct SegmentPacking
{
    /// <summary>The most bytes that a segment takes.</summary>
    public const int MaxBytes = 96;

    private long _packet;
    private long _at;
    private LastOfSides _last;

    [Flags]
    private enum Parts : byte
    {
        FromServer = 1,
        Changed = 1 << 1,
        RoundTrip = 1 << 2,
        Timestamps = 1 << 3,
        Sack = 1 << 4,
        WrongChecksum = 1 << 5,
    }

    /// <summary>Writes the next segment.</summary>
    /// <returns>How many bytes it takes.</returns>
    public int Write(in TracedSegment segment, Span<byte> to)
    {
        ref Last last = ref _last[(int)segment.From];
        bool isChanged = segment.Flags != last.Flags || segment.Marks != last.Marks || segment.Window != last.Window
            || segment.TimeToLive != last.TimeToLive;
        to[0] = (byte)((segment.From == Side.Server ? Parts.FromServer : 0) | (isChanged ? Parts.Changed : 0)
            | (segment.RttNs is null ? 0 : Parts.RoundTrip) | (segment.Timestamps is null ? 0 : Parts.Timestamps)
            | (segment.Sack is null ? 0 : Parts.Sack) | (segment.HasWrongChecksum ? Parts.WrongChecksum : 0));
        int end = 1;
        uint acknowledgement = segment.Acknowledgement ?? 0;
        Put(to, ref end, segment.Packet - _packet);
        Put(to, ref end, segment.At.Nanoseconds - _at);
        Put(to, ref end, (int)(segment.Sequence - last.Next));
        Put(to, ref end, (int)(acknowledgement - last.Acknowledgement));
        Put(to, ref end, segment.Length);
        Put(to, ref end, (long)segment.IpIdentification - last.IpIdentification);
        if (isChanged)
        {
            Put(to, ref end, (long)segment.Window - last.Window);
            Put(to, ref end, (int)segment.Flags);
            Put(to, ref end, (int)segment.Marks);
            Put(to, ref end, segment.TimeToLive);
        }

        if (segment.RttNs is { } rttNs) Put(to, ref end, rttNs);
        if (segment.Timestamps is { } timestamps)
        {
            Put(to, ref end, (int)(timestamps.Value - last.Timestamps.Value));
            Put(to, ref end, (int)(timestamps.Echo - last.Timestamps.Echo));
        }

        if (segment.Sack is { } sack)
        {
            Put(to, ref end, (int)(sack.Left - acknowledgement));
            Put(to, ref end, (int)(sack.Right - sack.Left));
        }

        Remember(segment, ref last);
        return end;
    }

    /// <summary>Reads the next segment.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="segment">The segment.</param>
    /// <returns>How many bytes it takes.</returns>
    public int Read(ReadOnlySpan<byte> from, out TracedSegment segment)
    {
        var parts = (Parts)from[0];
        Side side = (parts & Parts.FromServer) == 0 ? Side.Client : Side.Server;
        ref Last last = ref _last[(int)side];
        int end = 1;
        long packet = _packet + Take(from, ref end);
        long at = _at + Take(from, ref end);
        uint sequence = last.Next + (uint)Take(from, ref end);
        uint acknowledgement = last.Acknowledgement + (uint)Take(from, ref end);
        int length = (int)Take(from, ref end);
        int identification = (int)(last.IpIdentification + Take(from, ref end));
        (int window, TcpFlags flags, SegmentMarks marks, byte timeToLive) = (last.Window, last.Flags, last.Marks, last.TimeToLive);
        if ((parts & Parts.Changed) != 0)
        {
            window = (int)(window + Take(from, ref end));
            flags = (TcpFlags)Take(from, ref end);
            marks = (SegmentMarks)Take(from, ref end);
            timeToLive = (byte)Take(from, ref end);
        }

        long? rttNs = (parts & Parts.RoundTrip) == 0 ? null : Take(from, ref end);
        SegmentTimestamps? timestamps = (parts & Parts.Timestamps) == 0 ? null : new SegmentTimestamps(
            last.Timestamps.Value + (uint)Take(from, ref end), last.Timestamps.Echo + (uint)Take(from, ref end));
        SackBlock? sack = null;
        if ((parts & Parts.Sack) != 0)
        {
            uint left = acknowledgement + (uint)Take(from, ref end);
            sack = new SackBlock(left, left + (uint)Take(from, ref end));
        }

        segment = new TracedSegment(packet, new Timestamp(at), side, flags, sequence, acknowledgement, length, window, marks, rttNs)
        {
            TimeToLive = timeToLive,
            IpIdentification = identification,
            Timestamps = timestamps,
            Sack = sack,
            HasWrongChecksum = (parts & Parts.WrongChecksum) != 0,
        };
        Remember(segment, ref last);
        return end;
    }

    private void Remember(in TracedSegment segment, ref Last last)
    {
        (_packet, _at) = (segment.Packet, segment.At.Nanoseconds);
        last.Next = segment.Sequence + (uint)segment.Length;
        last.Acknowledgement = segment.Acknowledgement ?? 0;
        (last.Window, last.Flags, last.Marks, last.TimeToLive) = (segment.Window, segment.Flags, segment.Marks, segment.TimeToLive);
        last.IpIdentification = segment.IpIdentification;
        if (segment.Timestamps is { } timestamps) last.Timestamps = timestamps;
    }

    private struct Last
    {
        public uint Next;
        public uint Acknowledgement;
        public int Window;
        public int IpIdentification;
        public SegmentTimestamps Timestamps;
        public TcpFlags Flags;
        public SegmentMarks Marks;
        public byte TimeToLive;
    }

    [InlineArray(2)]
    private struct LastOfSides
    {
        private Last _client;
    }
}
