using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Trama.Packets.Transport;

namespace Trama.Packets.Decoding;

/// <summary>A segment without payload, copied out of its record to be looked at later.</summary>
public struct HeldSegment
{
    private const int MaxOptions = 40;

    private readonly Timestamp _timestamp;
    private readonly Endpoint _source;
    private readonly Endpoint _destination;
    private readonly SequenceNumber _sequence;
    private readonly SequenceNumber _acknowledgement;
    private readonly TcpFlags _flags;
    private readonly ushort _window;
    private readonly ushort _checksum;
    private readonly ushort _urgentPointer;
    private readonly byte _headerLength;
    private readonly byte _optionsLength;
    private readonly byte _timeToLive;
    private readonly int _ipIdentification;
    private readonly int _sight;
    private OptionBytes _options;

    /// <summary>Copies a segment; its payload is not held.</summary>
    public HeldSegment(scoped in TcpSegment segment)
    {
        _timestamp = segment.Timestamp;
        (_source, _destination) = (segment.Source, segment.Destination);
        (_sequence, _acknowledgement, _flags) = (segment.Sequence, segment.Acknowledgement, segment.Flags);
        (_window, _checksum, _urgentPointer) = (segment.Window, segment.Checksum, segment.UrgentPointer);
        (_headerLength, _timeToLive) = ((byte)segment.HeaderLength, segment.TimeToLive);
        (_ipIdentification, _sight) = (segment.IpIdentification, segment.Sight);
        segment.Options.CopyTo(_options);
        _optionsLength = (byte)segment.Options.Length;
    }

    /// <summary>The segment, a view over this copy.</summary>
    [UnscopedRef]
    public readonly TcpSegment Segment => new()
    {
        Timestamp = _timestamp,
        Source = _source,
        Destination = _destination,
        Sequence = _sequence,
        Acknowledgement = _acknowledgement,
        Flags = _flags,
        Window = _window,
        Checksum = _checksum,
        UrgentPointer = _urgentPointer,
        HeaderLength = _headerLength,
        TimeToLive = _timeToLive,
        IpIdentification = _ipIdentification,
        Sight = _sight,
        Options = ((ReadOnlySpan<byte>)_options)[.._optionsLength],
    };

    [InlineArray(MaxOptions)]
    private struct OptionBytes
    {
        private byte _first;
    }
}
