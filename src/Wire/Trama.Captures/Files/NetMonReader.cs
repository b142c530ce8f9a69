using System.Buffers.Binary;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>
/// Reads the captures of Microsoft Network Monitor, versions 1 and 2: frames one after the other, then a table of where they are,
/// which is not needed to read them in order.
/// </summary>
internal sealed class NetMonReader : RecordReader
{
    private const int HeaderLength = 128, MinorAt = 4, MajorAt = 5, NetworkAt = 6, StartAt = 8, TableAt = 24;
    private const int FirstVersionRecordLength = 8, RecordHeaderLength = 16;

    // Of a Windows FILETIME to the Unix epoch, in its units of 100 ns.
    private const long EpochTicks = 116_444_736_000_000_000;

    // What the version 2.1 and later have behind each frame: the network, then (2.2) a process, then (2.3) the time and its zone.
    private const int NetworkLength = 2, ProcessLength = 4, TimeLength = 9;

    private readonly int _version;
    private readonly ushort _network;
    private readonly long _table;
    private readonly long _start;

    /// <summary>Reads the file header, of which the first four bytes are known to be right.</summary>
    public NetMonReader(InputWindow input) : base(input)
    {
        if (!input.Ensure(HeaderLength))
        {
            Stop(CaptureFault.FileHeaderCut, HeaderLength, input.Available);
            return;
        }

        ReadOnlySpan<byte> header = input.Bytes[..HeaderLength];
        _version = header[MajorAt] << 8 | header[MinorAt];
        if (header[MajorAt] is not (1 or 2))
        {
            Stop(CaptureFault.UnsupportedVersion, header[MajorAt], header[MinorAt]);
            return;
        }

        _network = BinaryPrimitives.ReadUInt16LittleEndian(header[NetworkAt..]);
        _table = BinaryPrimitives.ReadUInt32LittleEndian(header[TableAt..]);
        _start = NetMonTime.ReadSystemTime(header[StartAt..]);
        // Later versions tell the network of each frame.
        if (NetMonNetwork.Find(_network) is null && _version < 0x201)
        {
            Stop(CaptureFault.UnsupportedLinkType, found: _network);
            return;
        }

        LinkType linkType = NetMonNetwork.Find(_network) ?? LinkType.Ethernet;
        Interfaces.Add(new CaptureInterface(linkType, LinkTypes.MaximumLength(linkType)));
        input.Advance(HeaderLength);
    }

    /// <summary>Whether a file that starts with these bytes is a Network Monitor file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> start) => start.StartsWith("GMBU"u8) || start.StartsWith("RTSS"u8);

    /// <inheritdoc/>
    public override bool TryRead(out Record record)
    {
        record = default;
        while (End is null)
        {
            if (!TryReadFrame(out record, out bool isPacket)) return false;
            if (isPacket) return true;
        }

        return false;
    }

    private bool TryReadFrame(out Record record, out bool isPacket)
    {
        record = default;
        isPacket = false;
        InputWindow input = Input;
        if (_table != 0 && input.Position >= _table) return Finish();
        int headerLength = _version < 0x200 ? FirstVersionRecordLength : RecordHeaderLength;
        if (!input.Ensure(headerLength))
            return input.Available == 0 ? Finish() : Stop(CaptureFault.RecordHeaderCut, headerLength, input.Available);
        (long time, uint original, uint captured) = _version < 0x200 ? ReadFirstVersion() : ReadSecondVersion();
        const uint Maximum = 262_144;
        if (captured > Maximum) return Stop(CaptureFault.LongerThanMaximum, Maximum, captured);
        int end = headerLength + (int)captured;
        int whole = end + TrailerLength;
        if (!input.Ensure(whole)) return Stop(CaptureFault.RecordCut, captured, Math.Max(0, input.Available - headerLength));
        ushort network = _version < 0x201 ? _network : BinaryPrimitives.ReadUInt16LittleEndian(input.Bytes[end..]);
        if (_version >= 0x203)
        {
            long ticks = BinaryPrimitives.ReadInt64LittleEndian(input.Bytes[(end + NetworkLength + ProcessLength)..]);
            if (ticks > EpochTicks && ticks - EpochTicks <= long.MaxValue / 100) time = (ticks - EpochTicks) * 100;
        }

        ReadOnlySpan<byte> bytes = input.Bytes[headerLength..end];
        input.Advance(whole);
        // Frames without packets tell of processes, filters and the like.
        if (NetMonNetwork.Find(network) is not { } linkType) return true;
        bytes = NetMonNetwork.WithoutHeader(network, bytes, ref original);
        record = new Record(new Timestamp(time), linkType, bytes, (int)Math.Min(original, int.MaxValue));
        isPacket = true;
        return true;
    }

    private int TrailerLength => _version switch
    {
        >= 0x203 => NetworkLength + ProcessLength + TimeLength,
        0x202 => NetworkLength + ProcessLength,
        0x201 => NetworkLength,
        _ => 0,
    };

    private (long Time, uint Original, uint Captured) ReadFirstVersion()
    {
        ReadOnlySpan<byte> header = Input.Bytes;
        long time = _start + BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000L;
        return (time, BinaryPrimitives.ReadUInt16LittleEndian(header[4..]), BinaryPrimitives.ReadUInt16LittleEndian(header[6..]));
    }

    private (long Time, uint Original, uint Captured) ReadSecondVersion()
    {
        ReadOnlySpan<byte> header = Input.Bytes;
        // What no clock shows may overflow, and is as wrong then as before.
        long time = unchecked(_start + BinaryPrimitives.ReadInt64LittleEndian(header) * 1000);
        return (time, BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), BinaryPrimitives.ReadUInt32LittleEndian(header[12..]));
    }
}
