using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>When one side of a connection acknowledged how much of the other's stream, as it was seen.</summary>
internal sealed class AcknowledgementTimes
{
    private readonly List<(long Bytes, long At)> _times = [];

    /// <summary>Reads them.</summary>
    /// <param name="seen">The connection.</param>
    /// <param name="side">Who acknowledged.</param>
    public AcknowledgementTimes(SeenConnection seen, Side side)
    {
        long most = 0;
        foreach (TracedSegment segment in seen.Segments)
        {
            if (segment.From != side || (segment.Flags & TcpFlags.Syn) != 0 || segment.Acknowledgement is not { } number) continue;
            long bytes = number - 1L;
            if (bytes <= most) continue;
            most = bytes;
            _times.Add((bytes, segment.At.Nanoseconds));
        }
    }

    /// <summary>When all of so many bytes were first acknowledged, in nanoseconds since the epoch; null when they never were.</summary>
    public long? Of(long bytes)
    {
        int low = 0, high = _times.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_times[middle].Bytes < bytes) low = middle + 1;
            else high = middle;
        }

        return low < _times.Count ? _times[low].At : null;
    }
}
