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

    public bool IsSecond(in TcpSegment segment)
    {
        ulong print = Fingerprint(segment);
        for (int i = 0; i < Remembered; i++)
        {
            Sighting seen = _ring[i];
            if (seen.Print == print && seen.Sight != segment.Sight && segment.Timestamp - seen.At is >= 0 and < MaxApartNs) return true;
        }

        _ring[_next++ & (Remembered - 1)] = new Sighting(print, segment.Sight, segment.Timestamp);
        return false;
    }

    private static ulong Fingerprint(in TcpSegment segment)
    {
        ulong print = ((ulong)segment.Header.Sequence.Value << 32) | segment.Header.Acknowledgement.Value;
        print = (print ^ (print >> 29)) * 0x9e3779b97f4a7c15;
        print ^= ((ulong)(uint)segment.PayloadLength << 32) | ((ulong)segment.Header.Flags << 16) | segment.Header.Checksum;
        print = (print ^ (print >> 31)) * 0xbf58476d1ce4e5b9;
        print ^= ((ulong)segment.Header.Window << 32) | (uint)segment.IpIdentification;
        return (print ^ (print >> 30)) * 0x94d049bb133111eb;
    }

    private readonly record struct Sighting(ulong Print, int Sight, Timestamp At);

    [InlineArray(Remembered)]
    private struct Ring
    {
        private Sighting _first;
    }
}
