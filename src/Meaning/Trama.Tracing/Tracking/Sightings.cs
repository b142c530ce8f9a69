using System.Runtime.CompilerServices;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

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

    // Timers tick in milliseconds (RFC 8985 section 7.2).
    private const long SoonestResendNs = 2_000_000;

    private Ring _ring;
    private int _next;
    private int _lastSight;
    private bool _hasSeveral;

    public bool IsSecond(in TcpSegment segment)
    {
        if (_next > 0 && segment.Sight != _lastSight) _hasSeveral = true;
        if (_hasSeveral && WasSeen(new Sighting(segment))) return true;
        _lastSight = segment.Sight;
        _ring[_next & (Remembered - 1)] = new Sighting(segment);
        _next = ((_next + 1) & (Remembered - 1)) | Remembered;
        return false;
    }

    /// <summary>
    /// Whether the segment that was seen last is the same packet as one before it. Acknowledgements of a sender that numbers no packets
    /// may be alike; what it sends again bears other timestamps, or comes later than this.
    /// </summary>
    public readonly bool IsCopy(in TcpSegment segment)
    {
        var seen = new Sighting(segment);
        long apartNs = segment.IpIdentification != 0 && !segment.Source.Address.IsIpv6 ? MaxApartNs : SoonestResendNs;
        if (apartNs == SoonestResendNs && segment.PayloadLength == 0 && (segment.Flags & (TcpFlags.Syn | TcpFlags.Fin)) == 0) return false;
        int newest = (_next - 1) & (Remembered - 1);
        for (int i = 0; i < Remembered; i++)
            if (i != newest && _ring[i].IsSameAs(seen, apartNs)) return true;
        return false;
    }

    private readonly bool WasSeen(in Sighting seen)
    {
        foreach (ref readonly Sighting earlier in _ring[..])
            if (earlier.IsOf(seen)) return true;
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

        public bool IsOf(in Sighting later) => _sight != later._sight && IsSameAs(later, MaxApartNs);

        public bool IsSameAs(in Sighting later, long apartNs) =>
            _numbers == later._numbers && _rest == later._rest && _length == later._length && later._at - _at >= 0
                && later._at - _at < apartNs;
    }

    [InlineArray(Remembered)]
    private struct Ring
    {
        private Sighting _first;
    }
}
