using System.Runtime.InteropServices;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What one side sent, what became of it, and what the other side said of it.</summary>
internal sealed class StreamEvidence(Side from)
{
    private readonly List<Transmission> _sent = [];

    public Side From { get; } = from;

    /// <summary>The segments that take up sequence numbers, in the order of the capture.</summary>
    public ReadOnlySpan<Transmission> Sent => CollectionsMarshal.AsSpan(_sent);

    /// <summary>What is still missing at the vantage point.</summary>
    public List<Hole> Holes { get; } = [];

    /// <summary>Retransmissions, by their places in <see cref="Sent"/>, of what had arrived: needless.</summary>
    public HashSet<int> Needless { get; } = [];

    /// <summary>
    /// The other side's acknowledgements that report what arrived twice (RFC 2883), though the vantage point saw it sent once.
    /// </summary>
    public List<int> CopiesBeyond { get; } = [];

    /// <summary>Whether the other side reported anything that arrived twice (RFC 2883).</summary>
    public bool HasRepeats { get; set; }

    /// <summary>
    /// The other side's acknowledgements that told of something overtaken beyond the vantage point: a hole that closed too soon
    /// for a retransmission to have filled it.
    /// </summary>
    public List<int> OvertakenBeyond { get; } = [];

    /// <summary>The highest acknowledgement of the other side; absent before the first.</summary>
    public long? Acknowledged { get; set; }

    /// <summary>The sequence number after the highest one sent.</summary>
    public long Next { get; set; }

    /// <summary>
    /// The highest sequence number at which an acknowledgement without payload of this side stood: all before it was sent.
    /// </summary>
    public long Announced { get; set; }

    /// <summary>The place of that acknowledgement in the chapter.</summary>
    public int Announcer { get; set; }

    /// <summary>Whether the other side acknowledged what the capture does not have.</summary>
    public bool IsPartial => Acknowledged > Next || Holes.Exists(hole => hole.Start < Acknowledged);

    /// <summary>Whether anything was sent.</summary>
    public bool Any => _sent.Count > 0;

    /// <summary>Makes room for so many segments.</summary>
    public void Expect(long count) => _sent.EnsureCapacity((int)count);

    public void Add(in Transmission transmission) => _sent.Add(transmission);

    /// <summary>Says that of what was sent only a part was taken: the rest is still to come.</summary>
    public void Shorten(int place, long end)
    {
        _sent[place] = _sent[place] with { End = end };
        Next = end;
    }

    /// <summary>The place of the first transmission whose segment stands behind a place of the chapter.</summary>
    public int FirstAfter(int index)
    {
        int first = 0, beyond = _sent.Count;
        while (first < beyond)
        {
            int middle = (first + beyond) / 2;
            if (_sent[middle].Index > index) beyond = middle;
            else first = middle + 1;
        }

        return first;
    }

    /// <summary>
    /// The place of the last transmission before <paramref name="before"/> that holds a sequence number; -1 when none does.
    /// </summary>
    public int Find(long sequence, int before)
    {
        // Retransmissions lie near what they repeat: no further back than a large window of small segments.
        for (int place = before - 1, last = Math.Max(0, before - Thresholds.Reach); place >= last; place--)
        {
            ref readonly Transmission sent = ref Sent[place];
            if (sent.Start <= sequence && sequence < sent.End && sent.As != SentAs.Probe) return place;
        }

        return -1;
    }
}
