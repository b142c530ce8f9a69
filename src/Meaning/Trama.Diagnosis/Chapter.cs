using Trama.Diagnosis.Evidence;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>
/// The segments of a connection that are judged together. A long connection is judged in several chapters, so that what is
/// kept of it stays bounded.
/// </summary>
internal sealed class Chapter
{
    /// <summary>
    /// A connection without a silence or a way as long as this needs no closer look: no rule about time would find anything.
    /// </summary>
    private const long LookNs = 8 * Thresholds.Millisecond;

    private const int MaxGlimpses = 256;
    private const int MaxErrors = 256;

    // What these tell is no sign of trouble.
    private const SegmentMarks Ordinary = SegmentMarks.Cut | SegmentMarks.WindowUpdate;

    private readonly List<(long Packet, QuotedSegment Error)> _errors = [];
    private readonly List<PayloadGlimpse> _glimpses = [];
    private readonly List<Finding> _earlier = [];
    private readonly List<long> _copies = [];
    private Timestamp _lastAt;
    private Side? _lastSpeaker;
    private bool _lastEndedLine;
    private long _finEnd;
    private Side? _closer;

    public List<TracedSegment> Segments { get; } = [];

    /// <summary>What the first payloads of the connection look like, in the order of <see cref="Segments"/>.</summary>
    public IReadOnlyList<PayloadGlimpse> Glimpses => _glimpses;

    /// <summary>The first ICMP errors about its segments, with the numbers of their packets.</summary>
    public IReadOnlyList<(long Packet, QuotedSegment Error)> Errors => _errors;

    /// <summary>What was found in earlier chapters.</summary>
    public IReadOnlyList<Finding> Earlier => _earlier;

    /// <summary>Whether it is the connection's first.</summary>
    public bool IsFirst { get; private set; } = true;

    /// <summary>Whether it is the connection's last.</summary>
    public bool IsLast { get; set; }

    /// <summary>
    /// Whether any rule could find something: a silence, a long way, a mark, an abort, or words that do not match. Most
    /// connections of a busy server have none of it, and need no closer look.
    /// </summary>
    public bool IsWorthALook { get; private set; }

    public void Add(in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        bool isQuiet = segment.At - _lastAt < LookNs || Segments.Count == 0;
        IsWorthALook |= !isQuiet || segment.RttNs > LookNs || (segment.Marks & ~Ordinary) != 0
            || (segment.Flags & TcpFlags.Rst) != 0;
        _lastAt = segment.At;
        if (segment.Length > 0) TakePayload(segment, payload);
        if ((segment.Flags & TcpFlags.Fin) != 0) TakeFin(segment);
        Segments.Add(segment);
    }

    public void Add(long packet, in QuotedSegment error)
    {
        if (_errors.Count < MaxErrors) _errors.Add((packet, error));
        IsWorthALook = true;
    }

    /// <summary>What the protocol says of the connection's exchanges so far.</summary>
    public ProtocolEvidence Protocol { get; } = new();

    public void Add(Exchange exchange)
    {
        Protocol.Add(exchange);
        IsWorthALook |= exchange.Failed == true;
    }

    /// <summary>The packets that the capture had twice, and that stand once in <see cref="Segments"/> now.</summary>
    public IReadOnlyList<long> Copies => _copies;

    /// <summary>How many these are.</summary>
    public int CopyCount { get; private set; }

    /// <summary>Takes out what the capture has twice, so that everything is judged once.</summary>
    public void TakeOutCopies()
    {
        List<int> copies = Evidence.Copies.Find(Segments);
        if (copies.Count == 0) return;
        CopyCount += copies.Count;
        foreach (int place in copies)
            if (_copies.Count < Thresholds.ProvingPackets) _copies.Add(Segments[place].Packet);
        var places = new int[Segments.Count];
        int kept = 0, next = 0;
        for (int place = 0; place < Segments.Count; place++)
        {
            bool isCopy = next < copies.Count && copies[next] == place;
            places[place] = isCopy ? -1 : kept;
            if (isCopy) next++;
            else Segments[kept++] = Segments[place];
        }

        Segments.RemoveRange(kept, Segments.Count - kept);
        List<PayloadGlimpse> glimpses = [.. _glimpses.Where(glimpse => places[glimpse.Index] >= 0)
            .Select(glimpse => glimpse with { Index = places[glimpse.Index] })];
        _glimpses.Clear();
        _glimpses.AddRange(glimpses);
    }

    /// <summary>Begins the next chapter of the same connection.</summary>
    public void TurnPage(IEnumerable<Finding> findings)
    {
        FindingMerge.Into(_earlier, findings);
        Segments.Clear();
        _glimpses.Clear();
        _errors.Clear();
        (IsFirst, IsWorthALook) = (false, false);
    }

    /// <summary>Begins the first chapter of another connection.</summary>
    public void Reset()
    {
        TurnPage([]);
        _earlier.Clear();
        _copies.Clear();
        Protocol.Clear();
        CopyCount = 0;
        (IsFirst, IsLast) = (true, false);
        (_lastSpeaker, _lastEndedLine, _closer) = (null, false, null);
    }

    private void TakePayload(in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        // Payload after the other side's FIN: a half-close.
        IsWorthALook |= _closer is { } closer && closer != segment.From;
        bool follows = _lastSpeaker == segment.From;
        _lastSpeaker = segment.From;
        if (!IsFirst || _glimpses.Count == MaxGlimpses) return;
        PayloadGlimpse glimpse = PayloadGlimpse.Of(Segments.Count, payload, segment.Length);
        _glimpses.Add(glimpse);
        // Two lines from the server in a row, or a line that was answered before its end.
        IsWorthALook |= segment.From == Side.Server && glimpse.EndsLine && (follows || !_lastEndedLine || glimpse.Lines > 1);
        // A line that is no text, where others were.
        IsWorthALook |= glimpse is { EndsLine: true, IsText: false } || glimpse.IsFarewell;
        _lastEndedLine = glimpse.EndsLine;
    }

    private void TakeFin(in TracedSegment segment)
    {
        // The server closes where the client spoke last, or both at once.
        IsWorthALook |= segment.From == Side.Server && _lastSpeaker != Side.Server;
        if (_closer is { } closer && closer != segment.From) IsWorthALook |= (int)((segment.Acknowledgement ?? 0) - (uint)_finEnd) < 0;
        if (_closer is not null) return;
        (_closer, _finEnd) = (segment.From, segment.Sequence + segment.Length + 1);
    }
}
