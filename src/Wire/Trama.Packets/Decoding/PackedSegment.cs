using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>
/// The fields of a segment, copied out of its record to be looked at later by another thread, before the bytes of its options and of its
/// captured payload. Its endpoints are kept elsewhere.
/// </summary>
public readonly struct PackedSegment
{
    private readonly Timestamp _timestamp;
    private readonly ulong _payloadNote;
    private readonly SequenceNumber _sequence;
    private readonly SequenceNumber _acknowledgement;
    private readonly int _payloadLength;
    private readonly int _capturedLength;
    private readonly int _ipIdentification;
    private readonly int _sight;
    private readonly TcpFlags _flags;
    private readonly ushort _window;
    private readonly ushort _checksum;
    private readonly ushort _urgentPointer;
    private readonly byte _headerLength;
    private readonly byte _optionsLength;
    private readonly byte _timeToLive;

    private PackedSegment(scoped in TcpSegment segment)
    {
        _timestamp = segment.Timestamp;
        (_sequence, _acknowledgement, _flags) = (segment.Sequence, segment.Acknowledgement, segment.Flags);
        (_window, _checksum, _urgentPointer) = (segment.Window, segment.Checksum, segment.UrgentPointer);
        (_headerLength, _timeToLive) = ((byte)segment.HeaderLength, segment.TimeToLive);
        (_ipIdentification, _sight) = (segment.IpIdentification, segment.Sight);
        (_optionsLength, _capturedLength) = ((byte)segment.Options.Length, segment.Payload.Length);
        (_payloadLength, _payloadNote) = (segment.PayloadLength, segment.PayloadNote);
    }

    /// <summary>How many bytes a segment takes.</summary>
    public static int LengthOf(scoped in TcpSegment segment) =>
        Unsafe.SizeOf<PackedSegment>() + segment.Options.Length + segment.Payload.Length;

    /// <summary>Writes a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="destination">Where to; at least <see cref="LengthOf"/> bytes.</param>
    public static void Write(scoped in TcpSegment segment, Span<byte> destination)
    {
        MemoryMarshal.AsRef<PackedSegment>(destination) = new PackedSegment(segment);
        destination = destination[Unsafe.SizeOf<PackedSegment>()..];
        segment.Options.CopyTo(destination);
        segment.Payload.CopyTo(destination[segment.Options.Length..]);
    }

    /// <summary>Reads a segment, as it was.</summary>
    /// <param name="bytes">What <see cref="Write"/> wrote, and perhaps more behind it.</param>
    /// <param name="source">Its sender.</param>
    /// <param name="destination">Its receiver.</param>
    /// <param name="segment">The segment, a view over <paramref name="bytes"/>.</param>
    /// <returns>How many bytes it takes.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, scoped in Endpoint source, scoped in Endpoint destination, out TcpSegment segment)
    {
        ref readonly PackedSegment packed = ref MemoryMarshal.AsRef<PackedSegment>(bytes);
        int optionsAt = Unsafe.SizeOf<PackedSegment>(), payloadAt = optionsAt + packed._optionsLength;
        // Every field is set.
        Unsafe.SkipInit(out segment);
        segment.Timestamp = packed._timestamp;
        segment.Source = source;
        segment.Destination = destination;
        segment.Sequence = packed._sequence;
        segment.Acknowledgement = packed._acknowledgement;
        segment.Flags = packed._flags;
        segment.Window = packed._window;
        segment.Checksum = packed._checksum;
        segment.UrgentPointer = packed._urgentPointer;
        segment.HeaderLength = packed._headerLength;
        segment.Options = bytes[optionsAt..payloadAt];
        segment.Payload = bytes.Slice(payloadAt, packed._capturedLength);
        segment.PayloadLength = packed._payloadLength;
        segment.IpIdentification = packed._ipIdentification;
        segment.TimeToLive = packed._timeToLive;
        segment.Sight = packed._sight;
        segment.PayloadNote = packed._payloadNote;
        return payloadAt + packed._capturedLength;
    }
}
