using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>The client's last messages of which the server was not seen to have everything, oldest first.</summary>
internal sealed class UnacknowledgedRequests
{
    // Beyond so many, the oldest are forgotten: for want of an acknowledgement, the path's own time counts.
    private const int MaxRequests = 4096;

    // So many at most can a retransmission repeat.
    private const int MaxRepeated = 64;

    private readonly Queue<(Message Message, int Use)> _requests = new(0);

    public void Add(Message request)
    {
        while (_requests.TryPeek(out (Message Message, int Use) oldest) && (IsOver(oldest) || _requests.Count >= MaxRequests)) _requests.Dequeue();
        _requests.Enqueue((request, request.Use));
    }

    /// <summary>The server has everything before an offset.</summary>
    public void Acknowledge(long offset, Timestamp at, long? rttNs)
    {
        while (_requests.TryPeek(out (Message Message, int Use) oldest))
        {
            if (!IsOver(oldest))
            {
                oldest.Message.Acknowledge(offset, at, rttNs);
                if (oldest.Message.EndOffset > offset) return;
            }

            _requests.Dequeue();
        }
    }

    /// <summary>Bytes were sent again.</summary>
    public void Retransmit(long start, long end, Timestamp at)
    {
        int repeated = 0;
        foreach ((Message Message, int Use) request in _requests)
        {
            if (IsOver(request) || request.Message.EndOffset <= start) continue;
            if (request.Message.Offset >= end || ++repeated > MaxRepeated) return;
            request.Message.Retransmit(start, end, at);
        }
    }

    // Told, and perhaps another message by now.
    private static bool IsOver((Message Message, int Use) request) => request.Message.Use != request.Use;
}
