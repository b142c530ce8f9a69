using Trama.Packets;

namespace Trama.Tracing.Tracking;

/// <summary>
/// Whether a capture has its packets in the order of their times. One taken from several queues or interfaces may not, and
/// then an acknowledgement can come before what it acknowledges.
/// </summary>
internal sealed class CaptureOrder
{
    /// <summary>By how much packets of such a capture may be out of order, in nanoseconds.</summary>
    public const long MaxDisorderNs = 10_000_000;

    private Timestamp _latest = new(long.MinValue);

    /// <summary>Whether no packet so far was older than one before it.</summary>
    public bool IsKept { get; private set; } = true;

    public void Observe(Timestamp at)
    {
        if (at < _latest) IsKept = false;
        else _latest = at;
    }
}
