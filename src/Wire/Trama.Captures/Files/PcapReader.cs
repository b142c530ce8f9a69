using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>
/// Reads pcap files (draft-ietf-opsawg-pcap): microseconds and nanoseconds, both byte orders, the modified format of old Linux
/// systems with its longer record header, and the field order of versions before 2.3.
/// </summary>
internal sealed class PcapReader : RecordReader
{
    private const uint Modified = 0xA1B2CD34;

    private const int RecordHeaderLength = 16;
    private const int ModifiedRecordHeaderLength = 24;

    private readonly FieldOrder _order;
    private readonly int _headerLength;
    private readonly int _unit;
    private readonly LengthOrder _lengths;
    private readonly LinkType _linkType;
    private readonly uint _snapLength;
    private readonly uint _maximum;

    /// <summary>Reads the file header, of which the first four bytes are known to be right.</summary>
    public PcapReader(InputWindow input) : base(input)
    {
        if (!input.Ensure(PcapHeader.Length))
        {
            // The four bytes of the magic number are read apart, and not counted, by libpcap.
            Stop(CaptureFault.FileHeaderCut, PcapHeader.Length, input.Available - 4);
            return;
        }

        ReadOnlySpan<byte> header = input.Bytes[..PcapHeader.Length];
        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(header);
        bool bigEndian = !IsMagic(magic);
        _order = new FieldOrder(bigEndian);
        if (bigEndian) magic = BinaryPrimitives.ReverseEndianness(magic);
        int major = _order.U16(header, 4), minor = _order.U16(header, 6);
        if (!(major == 2 && minor <= 4) && !(major == 543 && minor == 0))
        {
            Stop(CaptureFault.UnsupportedVersion, major, minor);
            return;
        }

        uint snapLength = _order.U32(header, 16);
        // The upper six bits tell of frame check sequences.
        _linkType = LinkTypes.FromDataLink((int)(_order.U32(header, 20) & 0x03FF_FFFF));
        _maximum = (uint)LinkTypes.MaximumLength(_linkType);
        _snapLength = (uint)LinkTypes.SnapLength(_linkType, snapLength);
        // Such a capture may carry a made-up Ethernet header in front of a whole snapshot.
        if (magic == Modified && _linkType == LinkType.Ethernet) _snapLength = Math.Min(_snapLength + 14, int.MaxValue);
        _headerLength = magic == Modified ? ModifiedRecordHeaderLength : RecordHeaderLength;
        _unit = magic == PcapHeader.Nanoseconds ? 1 : 1000;
        _lengths = major == 543 || minor < 3 ? LengthOrder.OriginalFirst : minor == 3 ? LengthOrder.Either : LengthOrder.CapturedFirst;
        Interfaces.Add(new CaptureInterface(_linkType, (int)_snapLength)
        { IsNanosecond = magic == PcapHeader.Nanoseconds, IsBigEndian = bigEndian });
        input.Advance(PcapHeader.Length);
    }

    private enum LengthOrder : byte
    {
        CapturedFirst,
        OriginalFirst,
        Either,
    }

    /// <summary>Whether a file that starts with these bytes is a pcap file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) =>
        IsMagic(BinaryPrimitives.ReadUInt32LittleEndian(start)) || IsMagic(BinaryPrimitives.ReadUInt32BigEndian(start));

    /// <inheritdoc/>
    public override bool IsAddressable => true;

    /// <inheritdoc/>
    public override bool TryRead(out Record record)
    {
        record = default;
        if (End is not null) return false;
        InputWindow input = Input;
        if (!input.Ensure(_headerLength))
            return input.Available == 0 ? Finish() : Stop(CaptureFault.RecordHeaderCut, _headerLength, input.Available);
        (uint seconds, uint fraction, uint captured, uint original) = _order.FourU32(input.Bytes);
        if (_lengths != LengthOrder.CapturedFirst && (_lengths == LengthOrder.OriginalFirst || captured > original))
            (captured, original) = (original, captured);
        if (captured > _maximum) return TooLong(captured);
        int whole = _headerLength + (int)captured;
        if (!input.Ensure(whole)) return Stop(CaptureFault.RecordCut, captured, input.Available - _headerLength);
        ReadOnlySpan<byte> bytes = input.Bytes.Slice(_headerLength, (int)Math.Min(captured, _snapLength));
        RecordStart = input.Position;
        input.Advance(whole);
        record = new Record(Time(seconds, fraction), _linkType, bytes, (int)Math.Min(original, int.MaxValue));
        return true;
    }

    private static bool IsMagic(uint value) => value is PcapHeader.Microseconds or PcapHeader.Nanoseconds or Modified;

    private bool TooLong(uint captured) => captured > _snapLength
        ? Stop(CaptureFault.LongerThanSnapshot, _snapLength, captured)
        : Stop(CaptureFault.LongerThanMaximum, _maximum, captured);

    // 32 bits of seconds and of their fraction cannot leave the range of 64 bits of nanoseconds.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Timestamp Time(uint seconds, uint fraction) => new(seconds * 1_000_000_000L + (long)fraction * _unit);
}
