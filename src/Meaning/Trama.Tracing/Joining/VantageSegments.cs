using System.Runtime.InteropServices;
using Trama.Packets;
using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>The segments of one direction as one capture shows them, with their times on the common clock.</summary>
internal sealed class VantageSegments
{
    private readonly Connection? _connection;
    private readonly ConnectionPair? _pair;
    private readonly List<int> _indexes = [];
    private readonly Func<Timestamp, Timestamp> _clock;

    public VantageSegments(Connection? connection, Side from, ConnectionPair? pair, Func<Timestamp, Timestamp> clock)
    {
        (_connection, _pair, _clock) = (connection, pair, clock);
        for (int index = 0; index < connection?.Segments.Count; index++)
            if (connection.Segments[index].From == from) _indexes.Add(index);
    }

    public int Count => _indexes.Count;

    public TracedSegment this[int number] => _connection!.Segments[_indexes[number]];

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
