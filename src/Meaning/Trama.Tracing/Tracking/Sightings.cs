using System.Runtime.CompilerServices;
using Trama.Packets;
using Trama.Packets.Decoding;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Recognises a segment that the same capture saw a moment ago at another place, as <c>-i any</c> does with bridges and
/// loopback. A retransmission differs: its IP identification, its timestamps or its place are not those of the original.
/// </summary>
internal struct Sightings
{
    private const int Remembered = 4;

    // A packet passes a host's interfaces within a moment.
    private const long MaxApartNs = 50_000_000;

    private Ring _ring;
    private int _next;
    private int _lastSight;
    private bool _hasSeveral;

    public bool IsSecond(in TcpSegment segment)
    {
        var seen = new Sighting(segment);
        if (_next > 0 && segment.Sight != _lastSight) _hasSeveral = true;
        if (_hasSeveral)
        {
            foreach (ref readonly Sighting earlier in _ring[..])
                if (earlier.IsOf(seen)) return true;
        }

        _lastSight = segment.Sight;
        _ring[_next & (Remembered - 1)] = seen;
        _next = ((_next + 1) & (Remembered - 1)) | Remembered;
        return false;
    }

    private readonly struct Sighting(in TcpSegment segment)
    {
        private readonly ulong _numbers = ((ulong)segment.Sequence.Value << 32) | segment.Acknowledgement.Value;
        private readonly ulong _rest = ((ulong)(ushort)segment.IpIdentification << 48) | ((ulong)segment.Checksum << 32)
            | ((ulong)segment.Window << 16) | (ushort)segment.Flags;
        private readonly Timestamp _at = segment.Timestamp;
        private readonly int _length = segment.PayloadLength;
        private readonly int _sight = segment.Sight;

        public bool IsOf(in Sighting later) =>
            _numbers == later._numbers && _rest == later._rest && _length == later._length && _sight != later._sight
            && later._at - _at is >= 0 and < MaxApartNs;
    }

    [InlineArray(Remembered)]
    private struct Ring
    {
        private Sighting _first;
    }
}
