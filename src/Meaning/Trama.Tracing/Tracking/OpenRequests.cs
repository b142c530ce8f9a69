using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>The requests of a connection that wait for a reply, oldest first.</summary>
internal sealed class OpenRequests
{
    private readonly List<Message> _requests = [];
    private int _first;
    private int _unacknowledged;

    public int Count => _requests.Count - _first;

    public void Add(Message request) => _requests.Add(request);

    public Message Take()
    {
        Message request = _requests[_first];
        _requests[_first++] = null!;
        if (_first == _requests.Count || (_first > 64 && _first * 2 > _requests.Count))
        {
            _requests.RemoveRange(0, _first);
            _unacknowledged -= _first;
            _first = 0;
        }

        _unacknowledged = Math.Max(_unacknowledged, _first);
        return request;
    }

    /// <summary>The other side has everything before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        for (; _unacknowledged < _requests.Count; _unacknowledged++)
        {
            _requests[_unacknowledged].Acknowledge(offset, at, rttNs);
            if (_requests[_unacknowledged].EndOffset > offset) return;
        }
    }

    /// <summary>Bytes were sent again.</summary>
    public void Retransmit(long start, long end, Timestamp at)
    {
        for (int i = _unacknowledged; i < _requests.Count; i++)
        {
            if (_requests[i].Offset >= end) return;
            if (_requests[i].EndOffset > start) _requests[i].DeliverAgain(at);
        }
    }
}
