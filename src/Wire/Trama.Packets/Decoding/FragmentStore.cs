namespace Trama.Packets.Decoding;

/// <summary>
/// Joins the fragments of IP packets. Holds a bounded number of unfinished packets; a new one drops the oldest. Where
/// fragments overlap, the first bytes stay.
/// </summary>
internal sealed class FragmentStore
{
    /// <summary>The most unfinished packets held.</summary>
    public const int MaxPackets = 64;

    // The longest payload an IP packet can have (the IPv4 total length field is 16 bits wide).
    private const int MaxLength = 65_535;

    // A packet in more separate pieces than this is one that is meant to cost: a real one comes nearly in order.
    private const int MaxRuns = 256;

    private readonly Dictionary<FragmentKey, Packet> _packets = [];
    private readonly Queue<FragmentKey> _order = new();
    private Packet? _finished;

    /// <summary>Adds a fragment.</summary>
    /// <param name="key">The packet it belongs to.</param>
    /// <param name="bytes">Its payload.</param>
    /// <param name="offset">Where the payload starts in the packet's, in bytes.</param>
    /// <param name="more">Whether it is not the last one of the packet.</param>
    /// <param name="whole">The packet's whole payload once every byte is there; valid until the next call.</param>
    public bool TryComplete(scoped in FragmentKey key, scoped ReadOnlySpan<byte> bytes, int offset, bool more, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        if (offset + bytes.Length > MaxLength) return false;
        if (!_packets.TryGetValue(key, out Packet? packet))
        {
            while (_packets.Count >= MaxPackets) Drop(_order.Dequeue());
            packet = Take();
            _packets.Add(key, packet);
            _order.Enqueue(key);
        }

        if (!packet.Add(bytes, offset, more)) return false;
        whole = packet.Payload;
        _packets.Remove(key);
        // The queue may still name the finished packet; dropping a name without a packet does nothing.
        if (_order.Count > 4 * MaxPackets) Prune();
        _finished = packet;
        return true;
    }

    private Packet Take()
    {
        Packet packet = _finished ?? new Packet();
        _finished = null;
        packet.Clear();
        return packet;
    }

    private void Drop(in FragmentKey key)
    {
        if (_packets.Remove(key, out Packet? packet)) _finished = packet;
    }

    private void Prune()
    {
        for (int left = _order.Count; left > 0; left--)
        {
            FragmentKey key = _order.Dequeue();
            if (_packets.ContainsKey(key)) _order.Enqueue(key);
        }
    }

    private sealed class Packet
    {
        private readonly byte[] _bytes = new byte[MaxLength];
        private readonly List<(int Start, int End)> _runs = [];
        private int _length = -1;

        public ReadOnlySpan<byte> Payload => _bytes.AsSpan(0, _length);

        public void Clear()
        {
            _runs.Clear();
            _length = -1;
        }

        public bool Add(ReadOnlySpan<byte> bytes, int offset, bool more)
        {
            if (_runs.Count >= MaxRuns) return false;
            if (!more && _length < 0) _length = offset + bytes.Length;
            int end = offset + bytes.Length;
            int index = 0;
            int at = offset;
            // Fill what lies between the runs already there.
            for (; index < _runs.Count && at < end; index++)
            {
                (int start, int stop) = _runs[index];
                if (stop <= at) continue;
                if (start > at) bytes[(at - offset)..(Math.Min(start, end) - offset)].CopyTo(_bytes.AsSpan(at));
                at = Math.Max(at, stop);
            }

            if (at < end) bytes[(at - offset)..].CopyTo(_bytes.AsSpan(at));
            Cover(offset, end);
            return _length >= 0 && _runs.Count == 1 && _runs[0].Start == 0 && _runs[0].End >= _length;
        }

        private void Cover(int start, int end)
        {
            int index = 0;
            while (index < _runs.Count && _runs[index].End < start) index++;
            while (index < _runs.Count && _runs[index].Start <= end)
            {
                (start, end) = (Math.Min(start, _runs[index].Start), Math.Max(end, _runs[index].End));
                _runs.RemoveAt(index);
            }

            _runs.Insert(index, (start, end));
        }
    }
}
