using System.Buffers;
using Trama.Packets;
using Trama.Rows;
using ZstdSharp;

namespace Trama.Fleet.Headers;

/// <summary>
/// The headers of some packets in a row, as they were on the wire and packed: of each its time and lengths, and how its bytes differ from
/// those of the packet before in the same direction of the same connection. Compressed with zstd; can be read without other blocks.
/// </summary>
internal sealed class HeaderBlock : IDisposable
{
    /// <summary>How large a block is before it is compressed, at most, in bytes, but for one packet more.</summary>
    public const int Room = 256 << 10;

    /// <summary>How many bytes of a packet a block takes at most.</summary>
    public const int MaxHeader = 512;

    /// <summary>How many flows a packet is told apart by.</summary>
    public const int Flows = 256;

    /// <summary>The version of the block's layout.</summary>
    public const int Version = 2;

    /// <summary>How much room a packet takes at most.</summary>
    public const int MaxRecord = MaxHeader + PayloadNote.MaxBytes + 64;

    private const int FastestLevel = 1;

    private readonly ArrayBufferWriter<byte> _records = new(Room + MaxRecord);
    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly Compressor _zstd = new(FastestLevel);
    private readonly FlowHeaders _flows = new(Flows);
    private long _at;

    /// <summary>How many packets it has.</summary>
    public int Count { get; private set; }

    /// <summary>The link type of all of them.</summary>
    public LinkType LinkType { get; private set; }

    /// <summary>When the first was seen.</summary>
    public Timestamp FirstAt { get; private set; }

    /// <summary>Whether another packet belongs into the next block.</summary>
    public bool IsFull => _records.WrittenCount >= Room;

    /// <summary>Adds a packet.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="length">How many of its bytes, 1 to <see cref="MaxHeader"/>.</param>
    /// <param name="flow">What its direction of its connection is known by.</param>
    /// <param name="note">What is noted of its payload.</param>
    public void Add(in Record record, int length, int flow, PayloadNote note)
    {
        if (Count++ == 0) (LinkType, FirstAt, _at) = (record.LinkType, record.Timestamp, record.Timestamp.Nanoseconds);
        int slot = (int)((uint)flow % Flows);
        _records.WriteZigZag(record.Timestamp.Nanoseconds - _at);
        _records.WriteVariable((ulong)record.OriginalLength);
        _records.WriteVariable(((ulong)length << 2) | (ulong)note.Kind);
        _records.WriteVariable((ulong)slot);
        Span<byte> changed = _records.GetSpan(length + note.Bytes)[..(length + note.Bytes)];
        note.Write(changed);
        record.Bytes[..length].CopyTo(changed[note.Bytes..]);
        _flows.Change(slot, changed, note.Bytes, isWritten: true);
        _records.Advance(changed.Length);
        _at = record.Timestamp.Nanoseconds;
    }

    /// <summary>The block as it is stored; valid until the next call. It is empty afterwards.</summary>
    public ReadOnlyMemory<byte> Seal()
    {
        _block.ResetWrittenCount();
        _block.WriteVariable(Version);
        _block.WriteVariable((ulong)LinkType);
        _block.WriteZigZag(FirstAt.Nanoseconds);
        _block.WriteVariable((ulong)Count);
        _block.WriteVariable((ulong)_records.WrittenCount);
        Span<byte> room = _block.GetSpan(Compressor.GetCompressBound(_records.WrittenCount));
        _block.Advance(_zstd.Wrap(_records.WrittenSpan, room));
        _records.ResetWrittenCount();
        _flows.Clear();
        Count = 0;
        return _block.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _zstd.Dispose();
}
