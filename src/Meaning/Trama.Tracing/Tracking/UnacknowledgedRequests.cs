using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>The client's last messages of which the server was not seen to have everything, oldest first.</summary>
internal sealed class UnacknowledgedRequests
{
    // Beyond so many, the oldest are forgotten: for want of an acknowledgement, the path's own time counts.
    private const int MaxRequests = 4096;

    // So many at most can a retransmission repeat.
    private const int MaxRepeated = 64;

    // Most requests are acknowledged before the next one comes: the oldest needs no queue.
    private readonly Queue<Request> _later = new(0);
    private Request _oldest;

    public void Add(Message request)
    {
        var added = new Request(request, request.Use);
        if (_oldest.IsOver && _later.Count == 0)
        {
            _oldest = added;
            return;
        }

        while (_later.Count > 0 && (_oldest.IsOver || _later.Count >= MaxRequests)) _oldest = _later.Dequeue();
        _later.Enqueue(added);
    }

    /// <summary>The server has everything before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        while (true)
        {
            if (!_oldest.IsOver)
            {
                _oldest.Message.Acknowledge(offset, at, rttNs);
                if (_oldest.Message.EndOffset > offset) return;
            }

            if (!_later.TryDequeue(out Request next))
            {
                _oldest = default;
                return;
            }

            _oldest = next;
        }
    }

    /// <summary>Bytes were sent again.</summary>
    public void Retransmit(long start, long end, Timestamp at)
    {
        int repeated = 0;
        if (!TryRepeat(_oldest, start, end, at, ref repeated)) return;
        foreach (Request request in _later)
            if (!TryRepeat(request, start, end, at, ref repeated)) return;
    }

    private static bool TryRepeat(Request request, long start, long end, Timestamp at, ref int repeated)
    {
        if (request.IsOver || request.Message.EndOffset <= start) return true;
        if (request.Message.Offset >= end || ++repeated > MaxRepeated) return false;
        request.Message.Retransmit(start, end, at);
        return true;
    }

    private readonly struct Request(Message message, int use)
    {
        public Message Message { get; } = message;

        // Told, and perhaps another message by now.
        public bool IsOver => Message is null || Message.Use != use;
    }
}
