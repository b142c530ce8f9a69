using Trama.Packets;
using Trama.Packets.Decoding;

namespace Trama.Tracing.Tracking;

/// <summary>
/// ICMP errors about connections not seen before, remembered for a moment: a capture of two directions may have an answer before what it
/// answers.
/// </summary>
/// <param name="longestNs">For how long, in nanoseconds.</param>
internal sealed class EarlyErrors(long longestNs)
{
    private const int Most = 64;

    private readonly List<(long Packet, QuotedSegment Error)> _errors = [];

    /// <summary>Remembers one, if there are not too many.</summary>
    public void Add(long packet, in QuotedSegment error)
    {
        if (_errors.Count < Most) _errors.Add((packet, error));
    }

    /// <summary>Takes those about a connection that begins out, the last first.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="openedAt">When it begins.</param>
    public IEnumerable<(long Packet, QuotedSegment Error)> TakeOf(Flow flow, Timestamp openedAt)
    {
        for (int i = _errors.Count - 1; i >= 0; i--)
        {
            (long packet, QuotedSegment error) = _errors[i];
            bool isOld = openedAt - error.Timestamp >= longestNs, isOwn = error.Source == flow.Client && error.Destination == flow.Server;
            if (isOld || isOwn) _errors.RemoveAt(i);
            if (isOwn && !isOld) yield return (packet, error);
        }
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _errors.Count == 0;
}
