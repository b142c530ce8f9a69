using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>
/// When the unacknowledged segments of a direction were sent, to time their acknowledgements. A retransmission makes the
/// acknowledgement ambiguous, so what it covers is forgotten (Karn's algorithm, RFC 6298 section 3).
/// </summary>
internal struct SentSegments
{
    // A flight longer than this is timed by its first segments.
    private const int MaxSegments = 64;

    private (SequenceNumber End, Timestamp At)[]? _ring;
    private int _head;
    private int _count;

    public void Sent(SequenceNumber end, Timestamp at)
    {
        if (_count == MaxSegments) return;
        if (_ring is null) _ring = new (SequenceNumber, Timestamp)[4];
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = (end, at);
    }

    public void Retransmitted(SequenceNumber start)
    {
        while (_count > 0 && _ring![(_head + _count - 1) & (_ring.Length - 1)].End > start) _count--;
    }

    /// <summary>Takes an acknowledgement and tells the time since the newest segment it covers, in nanoseconds.</summary>
    public long? Acknowledged(SequenceNumber acknowledgement, Timestamp at)
    {
        long? rtt = null;
        while (_count > 0 && _ring![_head & (_ring.Length - 1)] is var (end, sentAt) && end <= acknowledgement)
        {
            rtt = at - sentAt;
            _head = (_head + 1) & (_ring.Length - 1);
            _count--;
        }

        return rtt < 0 ? null : rtt;
    }

    private void Grow()
    {
        var larger = new (SequenceNumber, Timestamp)[_ring!.Length * 2];
        for (int i = 0; i < _count; i++) larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
