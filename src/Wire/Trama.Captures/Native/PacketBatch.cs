using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trama.Packets;

namespace Trama.Captures.Native;

/// <summary>
/// The packets that one call of libpcap delivers, copied out of its ring so that they can be asked for one by one. The buffer
/// is reused, and grows to the largest batch.
/// </summary>
internal sealed unsafe class PacketBatch : IDisposable
{
    // Bounds the batch: with the largest packets, 64 KiB on loopback, to 16 MiB.
    private const int MaximumPackets = 256;
    private const int HeaderLength = 16;

    private readonly int _nanosecondsPerUnit;
    private readonly LinkType _linkType;
    private GCHandle _self;
    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    /// <summary>An empty batch.</summary>
    /// <param name="linkType">The link type of the packets to come.</param>
    /// <param name="nanoseconds">Whether libpcap counts in nanoseconds, else in microseconds.</param>
    public PacketBatch(LinkType linkType, bool nanoseconds)
    {
        _linkType = linkType;
        _nanosecondsPerUnit = nanoseconds ? 1 : 1000;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Waits for packets, and takes those that are there. The answer is libpcap's: a count, or a negative status.</summary>
    public int Fill(PcapHandle handle)
    {
        _start = _end = 0;
        return Libpcap.Dispatch(handle, MaximumPackets, &Receive, GCHandle.ToIntPtr(_self));
    }

    /// <summary>Takes the next packet of the batch; false when it is used up.</summary>
    public bool TryTake(out Record record)
    {
        if (_start == _end)
        {
            record = default;
            return false;
        }

        ReadOnlySpan<byte> entry = _buffer.AsSpan(_start, _end - _start);
        int captured = BinaryPrimitives.ReadInt32LittleEndian(entry[8..]);
        record = new Record(
            new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(entry)),
            _linkType,
            entry.Slice(HeaderLength, captured),
            BinaryPrimitives.ReadInt32LittleEndian(entry[12..]));
        _start += HeaderLength + captured;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_self.IsAllocated) _self.Free();
    }

    [UnmanagedCallersOnly]
    private static void Receive(nint user, Libpcap.PacketHeader* header, byte* bytes) =>
        Unsafe.As<PacketBatch>(GCHandle.FromIntPtr(user).Target!).Add(*header, new ReadOnlySpan<byte>(bytes, (int)header->Captured));

    private void Add(in Libpcap.PacketHeader header, ReadOnlySpan<byte> bytes)
    {
        int whole = HeaderLength + bytes.Length;
        if (_buffer.Length - _end < whole) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _end + whole));
        Span<byte> entry = _buffer.AsSpan(_end, whole);
        BinaryPrimitives.WriteInt64LittleEndian(entry, header.Seconds * 1_000_000_000 + header.Fraction * _nanosecondsPerUnit);
        BinaryPrimitives.WriteInt32LittleEndian(entry[8..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[12..], (int)Math.Min(header.Original, int.MaxValue));
        bytes.CopyTo(entry[HeaderLength..]);
        _end += whole;
    }
}
