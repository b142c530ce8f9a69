using System.Runtime.InteropServices;
using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>The segments of one direction as one capture shows them, with their times on the common clock.</summary>
internal sealed class VantageSegments
{
    private readonly Connection? _connection;
    private readonly List<TracedSegment> _segments;
    private readonly ConnectionPair? _pair;
    private readonly int[] _indexes;
    private readonly Func<Timestamp, Timestamp> _clock;

    /// <param name="connection">The connection; null where the capture has none.</param>
    /// <param name="segments">Its <see cref="Connection.Segments"/>, unpacked.</param>
    /// <param name="from">The side that sends.</param>
    /// <param name="pair">The connection in both captures; null where only one has it.</param>
    /// <param name="clock">Turns the capture's times into the common ones.</param>
    public VantageSegments(Connection? connection, List<TracedSegment> segments, Side from, ConnectionPair? pair,
        Func<Timestamp, Timestamp> clock)
    {
        (_connection, _segments, _pair, _clock) = (connection, segments, pair, clock);
        int count = 0;
        foreach (ref readonly TracedSegment segment in CollectionsMarshal.AsSpan(segments))
            if (segment.From == from) count++;
        _indexes = new int[count];
        count = 0;
        for (int index = 0; count < _indexes.Length; index++)
            if (CollectionsMarshal.AsSpan(segments)[index].From == from) _indexes[count++] = index;
    }

    public int Count => _indexes.Length;

    public ref readonly TracedSegment this[int number] => ref CollectionsMarshal.AsSpan(_segments)[_indexes[number]];

    /// <summary>The place of a segment in <see cref="Connection.Segments"/>.</summary>
    public int IndexOf(int number) => _indexes[number];

    public Timestamp TimeOf(int number) => _clock(this[number].At);

    public SegmentIdentity IdentityOf(int number) => SegmentIdentity.Of(_pair!, _connection!, this[number]);

    public SequenceNumber SequenceOf(int number) => _pair is null ? new(this[number].Sequence) : _pair.Sequence(_connection!, this[number]);

    public SequenceNumber EndOf(int number) => SequenceOf(number) + this[number].Length;

    /// <summary>The TTL that most segments have here; null without any.</summary>
    public byte? UsualTimeToLive =>
        Count == 0 ? null : Enumerable.Range(0, Count).CountBy(number => this[number].TimeToLive).MaxBy(pair => pair.Value).Key;

    /// <summary>Fills a table with the segments by what they keep on their way, in order of their times.</summary>
    public void Fill(Dictionary<SegmentIdentity, Occurrences> table)
    {
        table.Clear();
        table.EnsureCapacity(Count);
        for (int number = 0; number < Count; number++)
            CollectionsMarshal.GetValueRefOrAddDefault(table, IdentityOf(number), out bool isKnown).Add(number, isFirst: !isKnown);
    }
}
