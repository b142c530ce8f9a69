using System.Buffers;
using System.Collections.Concurrent;
using Trama.Packets;

namespace Trama.Run;

/// <summary>
/// The packets that a gateway has seen, for another thread to read. Passing on never waits for the reader: what it is too slow for is
/// left out, and counted.
/// </summary>
public sealed class SeenPackets : IRecordSource
{
    /// <summary>The most bytes that wait for the reader.</summary>
    public const long MostWaiting = 64 << 20;

    private readonly BlockingCollection<(Timestamp At, byte[] Bytes, int Length)> _packets = [];
    private byte[] _current = [];
    private long _waiting;
    private long _dropped;

    /// <summary>How many packets were left out.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Called before the reader waits for a packet, and every so often while it does.</summary>
    public Action? Waiting { get; set; }

    /// <summary>How often <see cref="Waiting"/> is called.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Adds a copy of a packet.</summary>
    public void Add(in Record record)
    {
        int length = record.Bytes.Length;
        if (Interlocked.Read(ref _waiting) + length > MostWaiting)
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        record.Bytes.CopyTo(bytes);
        Interlocked.Add(ref _waiting, length);
        _packets.Add((record.Timestamp, bytes, length));
    }

    /// <summary>No more packets come.</summary>
    public void Complete() => _packets.CompleteAdding();

    /// <inheritdoc/>
    public bool TryRead(out Record record)
    {
        record = default;
        if (_current.Length > 0) ArrayPool<byte>.Shared.Return(_current);
        _current = [];
        (Timestamp At, byte[] Bytes, int Length) packet;
        while (!_packets.TryTake(out packet))
        {
            if (_packets.IsCompleted) return false;
            Waiting?.Invoke();
            if (_packets.TryTake(out packet, Interval)) break;
        }

        _current = packet.Bytes;
        Interlocked.Add(ref _waiting, -packet.Length);
        record = new Record(packet.At, LinkType.Raw, packet.Bytes.AsSpan(0, packet.Length), packet.Length);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _packets.Dispose();
}
