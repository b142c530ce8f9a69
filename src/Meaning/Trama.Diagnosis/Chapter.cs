using System.Runtime.InteropServices;
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
    private const int MaxSpares = 16;

    // What one was judged by, the next may use: few of those that wait are judged at a time.
    [ThreadStatic]
    private static Stack<List<TracedSegment>>? t_spares;

    /// <summary>
    /// A connection without a silence or a way as long as this needs no closer look: no rule about time would find anything.
    /// </summary>
    private const long LookNs = 8 * Thresholds.Millisecond;

    private const int MaxGlimpses = 256;
    private const int FewSegments = 64;
    private const int MaxErrors = 256;

    // What these tell is no sign of trouble.
    private const SegmentMarks Ordinary = SegmentMarks.Cut | SegmentMarks.WindowUpdate;

    private readonly SegmentCollection _waiting = new();
    private readonly List<(long Packet, QuotedSegment Error)> _errors = [];
    private readonly List<PayloadGlimpse> _glimpses = [];
    private readonly List<Finding> _earlier = [];
    private readonly List<long> _copies = [];
    private List<TracedSegment>? _segments;
    private TracedSegment _first;
    private Side? _firstSpeaker;
    private Timestamp _lastAt;
    private Side? _lastSpeaker;
    private bool _lastEndedLine;
    private long _finEnd;
    private Side? _closer;

    /// <summary>How many segments wait to be judged.</summary>
    public int Count => _waiting.Count;

    /// <summary>The segments, once no more come: until then they wait in little room.</summary>
    public List<TracedSegment> Segments => _segments ??= Unpacked();

    /// <summary>The first of them, of at least one.</summary>
    public TracedSegment First => _segments is { } segments ? segments[0] : _first;

    /// <summary>Who says something first, a SYN's data aside; null when nobody does.</summary>
    public Side? FirstSpeaker => !IsReordered && CopyCount == 0 ? _firstSpeaker
        : Segments.Find(static segment => Speaks(segment)) is { Length: > 0 } words ? words.From : null;

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

    /// <summary>How many of its segments were there when it was judged last, with the connection still open.</summary>
    public int Judged { get; private set; }

    public void Add(in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        bool isQuiet = segment.At - _lastAt < LookNs || Count == 0;
        IsWorthALook |= !isQuiet || segment.RttNs > LookNs || (segment.Marks & ~Ordinary) != 0
            || (segment.Flags & TcpFlags.Rst) != 0;
        _lastAt = segment.At;
        if (Count == 0) _first = segment;
        if (_firstSpeaker is null && Speaks(segment)) _firstSpeaker = segment.From;
        if (segment.Length > 0) TakePayload(segment, payload);
        if ((segment.Flags & TcpFlags.Fin) != 0) TakeFin(segment);
        _waiting.Add(segment);
    }

    public void Add(long packet, in QuotedSegment error)
    {
        if (_errors.Count < MaxErrors) _errors.Add((packet, error));
        IsWorthALook = true;
    }

    /// <summary>What the protocol says of the connection's exchanges so far.</summary>
    public ProtocolEvidence Protocol { get; } = new();

    /// <summary>Where in the connection the exchanges lie that were told so far.</summary>
    public ChosenParts Chosen { get; } = new();

    public void Add(Connection connection, Exchange exchange)
    {
        if (connection.ChoosesExchanges) Chosen.Add(exchange);
        Protocol.Add(exchange);
        IsWorthALook |= exchange.Failed == true;
    }

    /// <summary>The packets that the capture had twice, and that stand once in <see cref="Segments"/> now.</summary>
    public IReadOnlyList<long> Copies => _copies;

    /// <summary>How many these are.</summary>
    public int CopyCount { get; private set; }

    /// <summary>Whether the file had the segments in another order than that of their times, in which they stand now.</summary>
    public bool IsReordered { get; private set; }

    /// <summary>
    /// Puts the segments into the order of their times, and takes out what the capture has twice, so that everything is judged once.
    /// </summary>
    public void Straighten()
    {
        int[]? order = Evidence.Order.Of(CollectionsMarshal.AsSpan(Segments));
        if (order is not null) Rearrange(order);
        IsReordered |= order is not null;
        List<int> copies = Evidence.Copies.Find(Segments);
        CopyCount += copies.Count;
        foreach (int place in copies)
            if (_copies.Count < Thresholds.ProvingPackets) _copies.Add(Segments[place].Packet);
        if (copies.Count > 0) Rearrange([.. Enumerable.Range(0, Segments.Count).Except(copies)]);
        if (order is not null || copies.Count > 0) RoundTrips.Measure(Segments);
    }

    // Keeps the segments of some places, in their order.
    private void Rearrange(int[] places)
    {
        int[] moved = new int[Segments.Count];
        Array.Fill(moved, -1);
        for (int i = 0; i < places.Length; i++) moved[places[i]] = i;
        TracedSegment[] kept = [.. places.Select(place => Segments[place])];
        Segments.Clear();
        Segments.AddRange(kept);
        PayloadGlimpse[] glimpses = [.. _glimpses.Where(glimpse => moved[glimpse.Index] >= 0)
            .Select(glimpse => glimpse with { Index = moved[glimpse.Index] }).OrderBy(glimpse => glimpse.Index)];
        _glimpses.Clear();
        _glimpses.AddRange(glimpses);
    }

    /// <summary>Looks at what there is while more is to come: afterwards all waits as it came.</summary>
    /// <param name="look">What is done meanwhile.</param>
    public T Meanwhile<T>(Func<T> look)
    {
        PayloadGlimpse[] glimpses = [.. _glimpses];
        (int copies, int copyCount, bool isReordered) = (_copies.Count, CopyCount, IsReordered);
        T seen = look();
        _glimpses.Clear();
        _glimpses.AddRange(glimpses);
        _copies.RemoveRange(copies, _copies.Count - copies);
        (CopyCount, IsReordered, Judged) = (copyCount, isReordered, Count);
        GiveBack();
        return seen;
    }

    /// <summary>Begins the next chapter of the same connection.</summary>
    public void TurnPage(IEnumerable<Finding> findings)
    {
        FindingMerge.Into(_earlier, findings);
        _waiting.Clear();
        GiveBack();
        _glimpses.Clear();
        _errors.Clear();
        (IsFirst, IsWorthALook, Judged) = (false, false, 0);
        _firstSpeaker = null;
    }

    /// <summary>Begins the first chapter of another connection.</summary>
    public void Reset()
    {
        TurnPage([]);
        _earlier.Clear();
        _copies.Clear();
        Protocol.Clear();
        Chosen.Clear();
        CopyCount = 0;
        (IsFirst, IsLast, IsReordered) = (true, false, false);
        (_lastSpeaker, _lastEndedLine, _closer) = (null, false, null);
    }

    /// <summary>
    /// It was judged, and waits to be told, at the end of a capture with all others: packed, unless that makes no difference, or the
    /// segments were straightened.
    /// </summary>
    public void WaitToBeTold()
    {
        if (Count > FewSegments && !IsReordered && CopyCount == 0) GiveBack();
        else _segments ??= Unpacked();
    }

    private static bool Speaks(in TracedSegment segment) => segment.Length > 0 && (segment.Flags & TcpFlags.Syn) == 0;

    private List<TracedSegment> Unpacked()
    {
        List<TracedSegment> segments = t_spares?.TryPop(out List<TracedSegment>? spare) == true ? spare : [];
        _waiting.CopyTo(segments);
        return segments;
    }

    private void GiveBack()
    {
        if (_segments is not { } segments) return;
        _segments = null;
        t_spares ??= new Stack<List<TracedSegment>>(MaxSpares);
        if (t_spares.Count < MaxSpares) t_spares.Push(segments);
    }

    private void TakePayload(in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        // Payload after the other side's FIN: a half-close.
        IsWorthALook |= _closer is { } closer && closer != segment.From;
        bool follows = _lastSpeaker == segment.From;
        _lastSpeaker = segment.From;
        if (!IsFirst || _glimpses.Count == MaxGlimpses) return;
        var noted = new PayloadFacts(segment.PayloadNote);
        PayloadGlimpse glimpse = noted.IsKnown ? PayloadGlimpse.Of(Count, noted) : PayloadGlimpse.Of(Count, payload, segment.Length);
        _glimpses.Add(glimpse);
        // Two lines from the server in a row, or a line that was answered before its end.
        IsWorthALook |= segment.From == Side.Server && glimpse.EndsLine && (follows || !_lastEndedLine || glimpse.Lines > 1);
        // A line that is no text, where others were.
        IsWorthALook |= glimpse is { EndsLine: true, Facts.IsText: false } || glimpse.Facts.IsFarewell;
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
