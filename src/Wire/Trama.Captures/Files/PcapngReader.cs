using System.Buffers;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>
/// Reads pcapng files: any number of sections, each in its own byte order, with interfaces of any link type, snapshot length and
/// clock. libpcap refuses files whose sections or interfaces differ in these; everything else that it refuses is refused here.
/// </summary>
internal sealed class PcapngReader : RecordReader
{
    private const int MaximumSectionHeader = 1024 * 1024;
    private const int UsualMaximumBlock = 16 * 1024 * 1024;
    private const int MaximumKept = 64 * 1024 * 1024;
    private const int RoomForOptions = 128 * 1024;
    private const int SmallestBlock = PcapngFormat.BlockHeaderLength + PcapngFormat.BlockTrailerLength;

    private readonly List<InterfaceClock> _clocks = [];
    private readonly DecryptionSecrets _secrets = new();
    private FieldOrder _order;
    private int _sectionStart;
    private int _sections;
    private int _maximumBlock = UsualMaximumBlock;
    private int _packetBlock;
    private BlockHandler? _handler;
    private ArrayBufferWriter<byte>? _kept;

    /// <summary>Reads up to the first interface description.</summary>
    public PcapngReader(InputWindow input, bool keepBlocks) : base(input)
    {
        if (keepBlocks) _kept = new ArrayBufferWriter<byte>();
        while (Interfaces.Count == 0 && TryBlock(out uint type, out ReadOnlySpan<byte> block))
        {
            if (IsPacket(type)) Stop(CaptureFault.PacketBeforeInterface);
            else TakeBlock(type, block);
        }

        if (Interfaces.Count == 0 && End is null or { IsComplete: true }) Stop(CaptureFault.NoInterface);
    }

    /// <summary>The whole block that the latest record came from; valid until the next record is asked for.</summary>
    public ReadOnlySpan<byte> PacketBlock => Input.Passed(_packetBlock);

    /// <summary>
    /// Has every block that is no packet handed to <paramref name="handler"/>, in order, first those passed since opening. For
    /// readers that were to keep them.
    /// </summary>
    public void ForwardBlocks(BlockHandler handler)
    {
        if (_kept is { } kept) handler(kept.WrittenSpan);
        _kept = null;
        _handler = handler;
    }

    /// <summary>Has the TLS secrets of the file handed to <paramref name="handler"/>, first those passed since opening.</summary>
    public void ForwardSecrets(SecretsHandler? handler) => _secrets.Forward(handler);

    /// <summary>Whether the input starts with a section header.</summary>
    public static bool Recognises(InputWindow input) =>
        input.Ensure(12) && new FieldOrder(false).U32(input.Bytes, 0) == PcapngFormat.SectionHeader && TryOrder(input.Bytes, out _);

    /// <inheritdoc/>
    public override bool IsAddressable => _sections == 1;

    /// <inheritdoc/>
    public override bool TryRead(out Record record)
    {
        record = default;
        while (TryBlock(out uint type, out ReadOnlySpan<byte> block))
        {
            switch (type)
            {
                case PcapngFormat.EnhancedPacket: return TryPacket(block, type, _order.U32(block, 8), out record);
                case PcapngFormat.ObsoletePacket: return TryPacket(block, type, _order.U16(block, 8), out record);
                case PcapngFormat.SimplePacket: return TrySimplePacket(block, out record);
                default:
                    if (!TakeBlock(type, block)) return false;
                    break;
            }
        }

        return false;
    }

    private static bool IsPacket(uint type) =>
        type is PcapngFormat.EnhancedPacket or PcapngFormat.SimplePacket or PcapngFormat.ObsoletePacket;

    private static int FixedLength(uint type) => type switch
    {
        PcapngFormat.SectionHeader => PcapngFormat.SectionHeaderLength,
        PcapngFormat.InterfaceDescription => PcapngFormat.InterfaceDescriptionLength,
        PcapngFormat.EnhancedPacket or PcapngFormat.ObsoletePacket => PcapngFormat.PacketLength,
        PcapngFormat.SimplePacket => 4,
        _ => 0,
    };

    private static bool TryOrder(ReadOnlySpan<byte> block, out FieldOrder order)
    {
        order = new FieldOrder(bigEndian: false);
        if (order.U32(block, 8) == PcapngFormat.ByteOrderMark) return true;
        order = new FieldOrder(bigEndian: true);
        return order.U32(block, 8) == PcapngFormat.ByteOrderMark;
    }

    // The next block, whole, with at least the fixed part of its type, and passed in the input.
    private bool TryBlock(out uint type, out ReadOnlySpan<byte> block)
    {
        type = 0;
        block = default;
        if (End is not null) return false;
        if (!Input.Ensure(PcapngFormat.BlockHeaderLength))
            return Input.Available == 0 ? Finish() : Stop(CaptureFault.BlockCut, PcapngFormat.BlockHeaderLength, Input.Available);
        type = _order.U32(Input.Bytes, 0);
        if (type == PcapngFormat.SectionHeader)
        {
            // The length of a section header can only be read once the byte order is known, which stands behind it.
            if (!Input.Ensure(12)) return Stop(CaptureFault.BlockCut, 4, Input.Available - PcapngFormat.BlockHeaderLength);
            if (!TryOrder(Input.Bytes, out _order)) return Stop(CaptureFault.BadByteOrder);
        }

        uint length = _order.U32(Input.Bytes, 4);
        int smallest = type == PcapngFormat.SectionHeader ? SmallestBlock + PcapngFormat.SectionHeaderLength : SmallestBlock;
        int largest = type == PcapngFormat.SectionHeader ? MaximumSectionHeader : _maximumBlock;
        if (length < smallest) return Stop(CaptureFault.BlockTooShort, smallest, length);
        if (length > largest) return Stop(CaptureFault.BlockTooLong, largest, length);
        if (length % 4 != 0) return Stop(CaptureFault.BlockNotAligned, 0, length);
        if (!Input.Ensure((int)length))
            return Stop(CaptureFault.BlockCut, length - PcapngFormat.BlockHeaderLength, Input.Available - PcapngFormat.BlockHeaderLength);
        block = Input.Bytes[..(int)length];
        uint trailer = _order.U32(block, block.Length - PcapngFormat.BlockTrailerLength);
        if (trailer != length) return Stop(CaptureFault.BlockLengthsDiffer, length, trailer);
        if (length < SmallestBlock + FixedLength(type)) return Stop(CaptureFault.BlockContentsCut, 0, type);
        Input.Advance((int)length);
        return true;
    }

    private bool TakeBlock(uint type, ReadOnlySpan<byte> block)
    {
        _handler?.Invoke(block);
        if (_kept is { } kept && !Keep(kept, block)) return false;
        return type switch
        {
            PcapngFormat.SectionHeader => BeginSection(block),
            PcapngFormat.InterfaceDescription => AddInterface(block),
            PcapngFormat.DecryptionSecrets => TakeSecrets(block),
            _ => true,
        };
    }

    // Before the first record only: what follows goes to the handler.
    private bool Keep(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> block)
    {
        if (kept.WrittenCount + block.Length > MaximumKept) return Stop(CaptureFault.BlockTooLong, MaximumKept,
            kept.WrittenCount + block.Length);
        kept.Write(block);
        return true;
    }

    private bool BeginSection(ReadOnlySpan<byte> block)
    {
        int major = _order.U16(block, 12), minor = _order.U16(block, 14);
        if (major != 1 || minor is not (0 or 2)) return Stop(CaptureFault.UnsupportedVersion, major, minor);
        _sectionStart = Interfaces.Count;
        _sections++;
        return true;
    }

    private bool TakeSecrets(ReadOnlySpan<byte> block)
    {
        _secrets.Take(block, _order);
        return true;
    }

    private bool AddInterface(ReadOnlySpan<byte> block)
    {
        LinkType linkType = LinkTypes.FromDataLink(_order.U16(block, 8));
        var description = new CaptureInterface(linkType, LinkTypes.SnapLength(linkType, _order.U32(block, 12)));
        InterfaceClock? clock = null;
        long? offset = null;
        int start = PcapngFormat.BlockHeaderLength + PcapngFormat.InterfaceDescriptionLength;
        var options = new PcapngOptions(block[start..^PcapngFormat.BlockTrailerLength], _order);
        while (options.MoveNext())
        {
            switch (options.Code)
            {
                case PcapngFormat.InterfaceName:
                    description = description with { Name = Text(options.Value) };
                    break;
                case PcapngFormat.InterfaceText:
                    description = description with { Description = Text(options.Value) };
                    break;
                case PcapngFormat.InterfaceOperatingSystem:
                    description = description with { OperatingSystem = Text(options.Value) };
                    break;
                case PcapngFormat.InterfaceFilter when options.Value is [0, ..]:
                    description = description with { Filter = Text(options.Value[1..]) };
                    break;
                case PcapngFormat.InterfaceTimestampResolution:
                    if (clock is not null || options.Value.Length != 1 || !InterfaceClock.TryResolution(options.Value[0], out ulong units))
                        return Stop(CaptureFault.BadInterfaceOption, 0, options.Code);
                    clock = new InterfaceClock(units, 0);
                    break;
                case PcapngFormat.InterfaceTimestampOffset:
                    if (offset is not null || options.Value.Length != 8) return Stop(CaptureFault.BadInterfaceOption, 0, options.Code);
                    offset = _order.I64(options.Value, 0);
                    break;
            }
        }

        if (options.IsCut) return Stop(CaptureFault.BlockContentsCut, 0, PcapngFormat.InterfaceDescription);
        if (options.EndHasValue) return Stop(CaptureFault.BadInterfaceOption, 0, PcapngFormat.EndOfOptions);
        var whole = new InterfaceClock((clock ?? InterfaceClock.Microseconds).UnitsPerSecond, offset ?? 0);
        _clocks.Add(whole);
        Interfaces.Add(description with { IsNanosecond = whole.IsFine, IsBigEndian = _order.IsBigEndian });
        _maximumBlock = Math.Max(_maximumBlock, LinkTypes.MaximumLength(linkType) + SmallestBlock + PcapngFormat.PacketLength
            + RoomForOptions);
        return true;
    }

    private static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8.TrimEnd((byte)0));

    private bool TryPacket(ReadOnlySpan<byte> block, uint type, uint number, out Record record)
    {
        ulong count = (ulong)_order.U32(block, 12) << 32 | _order.U32(block, 16);
        uint captured = _order.U32(block, 20), original = _order.U32(block, 24);
        return TryRecord(block, type, number, PcapngFormat.PacketLength, captured, original, count, out record);
    }

    private bool TrySimplePacket(ReadOnlySpan<byte> block, out Record record)
    {
        uint original = _order.U32(block, 8);
        // The block does not say how much was captured: all of it, up to the snapshot length of the section's first interface.
        uint captured = _sectionStart < Interfaces.Count ? Math.Min(original, (uint)Interfaces[_sectionStart].SnapLength) : original;
        record = default;
        return TryRecord(block, PcapngFormat.SimplePacket, 0, 4, captured, original, count: null, out record);
    }

    private bool TryRecord(
        ReadOnlySpan<byte> block, uint type, uint number, int fixedLength, uint captured, uint original, ulong? count, out Record record)
    {
        record = default;
        if (number >= (uint)(Interfaces.Count - _sectionStart)) return StopAt(block, CaptureFault.UnknownInterface, 0, number);
        int index = _sectionStart + (int)number;
        CaptureInterface source = Interfaces[index];
        if (captured > (uint)source.SnapLength) return StopAt(block, CaptureFault.LongerThanSnapshot, source.SnapLength, captured);
        int start = PcapngFormat.BlockHeaderLength + fixedLength;
        if (captured > (uint)(block.Length - start - PcapngFormat.BlockTrailerLength)) return StopAt(
            block, CaptureFault.BlockContentsCut, 0, type);
        _packetBlock = block.Length;
        RecordStart = Input.Position - block.Length;
        Timestamp timestamp = count is { } units ? _clocks[index].At(units) : default;
        RecordNotes notes = Notes(block, start + PcapngFormat.Padded((int)captured), type);
        record = new Record(timestamp, source.LinkType, block.Slice(start, (int)captured), (int)Math.Min(original, int.MaxValue), index)
        {
            Notes = notes,
            PayloadNote = notes.Options.IsEmpty ? 0 : PacketNotes.PayloadNote(notes),
        };
        return true;
    }

    // A simple packet has no options; of others, padding may be cut off with them.
    private RecordNotes Notes(ReadOnlySpan<byte> block, int start, uint type)
    {
        int end = block.Length - PcapngFormat.BlockTrailerLength;
        return type == PcapngFormat.EnhancedPacket && start < end ? new RecordNotes(block[start..end], _order.IsBigEndian) : default;
    }

    // The block was passed already; the end is to name its first byte.
    private bool StopAt(ReadOnlySpan<byte> block, CaptureFault fault, long expected, long found)
    {
        Input.Advance(-block.Length);
        return Stop(fault, expected, found);
    }
}

/// <summary>Receives pcapng blocks as they stand in the file: type, length, body and length, in the byte order of their section.</summary>
/// <param name="blocks">One block or several, one behind the other; valid during the call.</param>
internal delegate void BlockHandler(ReadOnlySpan<byte> blocks);
