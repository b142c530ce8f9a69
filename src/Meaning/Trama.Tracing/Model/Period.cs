using Trama.Packets;

namespace Trama.Tracing;

/// <summary>A part of a capture, from one moment to another. It is known once the capture has begun, since a moment may be counted from
/// there.</summary>
/// <param name="from">When it begins, given the time of the first packet; null for the beginning of the capture.</param>
/// <param name="to">When it ends, given the same; null for the end of the capture.</param>
public sealed class Period(Func<Timestamp, Timestamp>? from, Func<Timestamp, Timestamp>? to)
{
    private bool _isBegun;
    private Timestamp? _from;
    private Timestamp? _to;

    /// <summary>The capture begins; of several, the first counts.</summary>
    /// <param name="first">The time of its first packet.</param>
    public void Begin(Timestamp first)
    {
        if (_isBegun) return;
        (_isBegun, _from, _to) = (true, from?.Invoke(first), to?.Invoke(first));
    }

    /// <summary>Whether a moment is in it; its ends are.</summary>
    public bool Contains(Timestamp at) => Overlaps(at, at);

    /// <summary>Whether something that went on for a while was going on in it.</summary>
    /// <param name="first">When it began.</param>
    /// <param name="last">When it ended.</param>
    public bool Overlaps(Timestamp first, Timestamp last) => !(last < _from) && !(first > _to);
}
