using Trama.Packets;

namespace Trama.Captures;

/// <summary>The latest records of a source that cannot be read twice, copied into memory of a fixed size; the oldest go. One thread adds,
/// others may read meanwhile.</summary>
/// <param name="bytes">How many bytes of records are kept at least.</param>
public sealed class RecentRecords(int bytes)
{
    private const int BlockBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<Block> _blocks = new();

    /// <summary>Keeps a copy of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">Its number, higher than that of the one before.</param>
    public void Add(in Record record, long number)
    {
        lock (_lock)
        {
            if (_blocks.Last?.Value is not { } block || !block.HasRoom(record.Bytes.Length))
            {
                if (_blocks.Count > bytes / BlockBytes) _blocks.RemoveFirst();
                _blocks.AddLast(block = new Block(Math.Max(BlockBytes, record.Bytes.Length)));
            }

            block.Add(record, number);
        }
    }

    /// <summary>A record that is kept; valid for as long as it is held.</summary>
    public bool TryRead(long number, out Record record)
    {
        lock (_lock)
        {
            for (LinkedListNode<Block>? block = _blocks.Last; block is not null; block = block.Previous)
                if (block.Value.First <= number) return block.Value.TryRead(number, out record);
        }

        record = default;
        return false;
    }

    private readonly record struct Place(long Number, Timestamp At, LinkType LinkType, int Original, int Interface, int Start, int Length);

    private sealed class Block(int size)
    {
        private readonly byte[] _bytes = new byte[size];
        private readonly List<Place> _places = [];
        private int _used;

        public long First => _places[0].Number;

        public bool HasRoom(int length) => _bytes.Length - _used >= length;

        public void Add(in Record record, long number)
        {
            _places.Add(new Place(number, record.Timestamp, record.LinkType, record.OriginalLength, record.InterfaceId, _used,
                record.Bytes.Length));
            record.Bytes.CopyTo(_bytes.AsSpan(_used));
            _used += record.Bytes.Length;
        }

        public bool TryRead(long number, out Record record)
        {
            record = default;
            int at = _places.BinarySearch(new Place { Number = number }, ByNumber.Instance);
            if (at < 0) return false;
            Place place = _places[at];
            record = new Record(place.At, place.LinkType, _bytes.AsSpan(place.Start, place.Length), place.Original, place.Interface);
            return true;
        }
    }

    private sealed class ByNumber : IComparer<Place>
    {
        public static ByNumber Instance { get; } = new();

        public int Compare(Place one, Place other) => one.Number.CompareTo(other.Number);
    }
}
