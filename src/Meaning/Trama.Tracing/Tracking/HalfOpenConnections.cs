using Trama.Packets.Decoding;

namespace Trama.Tracing.Tracking;

/// <summary>Connections of which a SYN was seen and perhaps its answer, linked in the order in which they came.</summary>
internal sealed class HalfOpenConnections
{
    private const int None = -1;

    private readonly Dictionary<FlowKey, int> _places = [];
    private HalfOpenConnection[] _slots = new HalfOpenConnection[16];
    private int _used;
    private int _free = None;
    private int _oldest = None;
    private int _newest = None;

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>The number of the oldest; beyond all numbers when there is none.</summary>
    public long OldestId => _oldest == None ? long.MaxValue : _slots[_oldest].Id;

    /// <summary>Adds one, the newest.</summary>
    public void Add(in HalfOpenConnection connection)
    {
        int place = _free;
        if (place != None) _free = _slots[place].Newer;
        else if ((place = _used++) == _slots.Length) Array.Resize(ref _slots, _used * 2);
        _slots[place] = connection;
        (_slots[place].Older, _slots[place].Newer) = (_newest, None);
        if (_newest == None) _oldest = place;
        else _slots[_newest].Newer = place;
        _newest = place;
        _places.Add(connection.Key, place);
    }

    /// <summary>Keeps the answer to a SYN that is there.</summary>
    public bool TryAnswer(in FlowKey key, in TcpSegment segment, long packet) =>
        _places.TryGetValue(key, out int place) && _slots[place].TryAnswer(segment, packet);

    /// <summary>Takes the oldest out; there must be one.</summary>
    public HalfOpenConnection TakeOldest()
    {
        _places.Remove(_slots[_oldest].Key);
        return Take(_oldest);
    }

    /// <summary>Takes the connection between two endpoints out, if it is there.</summary>
    public bool TryTake(in FlowKey key, out HalfOpenConnection taken)
    {
        bool isThere = _places.Remove(key, out int place);
        taken = isThere ? Take(place) : default;
        return isThere;
    }

    private HalfOpenConnection Take(int place)
    {
        HalfOpenConnection taken = _slots[place];
        if (taken.Older == None) _oldest = taken.Newer;
        else _slots[taken.Older].Newer = taken.Newer;
        if (taken.Newer == None) _newest = taken.Older;
        else _slots[taken.Newer].Older = taken.Older;
        _slots[place].Newer = _free;
        _free = place;
        return taken;
    }
}
