using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// The number that a host gave an IPv4 packet. Many count them one by one: what is missing between two was lost before the capture, also
/// where nothing behind it shows the hole.
/// </summary>
internal readonly struct Numbering(in TracedSegment segment)
{
    private const int MostMissing = 6;

    // A host waits so long before it sends again what nothing told it was lost.
    private const long LeastWaitNs = 150_000_000;

    private readonly int _number = segment.IpIdentification;
    private readonly long _at = segment.At.Nanoseconds;

    /// <summary>How many packets are missing before one that came after a pause; 0 for none, or not known.</summary>
    public int Missing(in TracedSegment next)
    {
        if (_at == 0 || _number is 0 or > ushort.MaxValue || next.At.Nanoseconds - _at < LeastWaitNs) return 0;
        int step = (ushort)(next.IpIdentification - _number);
        return step is > 1 and <= MostMissing ? step - 1 : 0;
    }
}
