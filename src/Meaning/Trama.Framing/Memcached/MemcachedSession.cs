namespace Trama.Framing.Memcached;

/// <summary>What the two directions of a connection know of each other: the requests that wait.</summary>
internal sealed class MemcachedSession
{
    private const int MaxPackets = 4096;

    private readonly List<MemcachedRequest> _packets = [];
    private long _lastKey;

    /// <summary>The commands of the text protocol that wait.</summary>
    public PendingRequests Lines { get; } = new();

    /// <summary>Whether the connection speaks the binary protocol.</summary>
    public bool IsBinary { get; set; }

    /// <summary>A key that nothing had before.</summary>
    public long NewKey() => ++_lastKey;

    /// <summary>Remembers a packet that waits for another.</summary>
    public long Ask(MemcachedHeader header)
    {
        if (_packets.Count == MaxPackets) _packets.RemoveRange(0, MaxPackets / 2);
        _packets.Add(new MemcachedRequest(header.Opcode, header.Opaque, NewKey()));
        return _lastKey;
    }

    /// <summary>The request that a reply answers; null when it was not seen.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="isLast">Whether no other one follows.</param>
    /// <param name="quiet">Hears of the quiet requests before it, whose silence is their answer.</param>
    public long? Answer(MemcachedHeader reply, bool isLast, Queue<long> quiet)
    {
        int at = 0;
        while (at < _packets.Count && !(_packets[at].Opcode == reply.Opcode && _packets[at].Opaque == reply.Opaque)) at++;
        if (at == _packets.Count) return null;
        long key = _packets[at].Key;
        for (int i = 0; i < at; i++)
            if (MemcachedOpcode.IsQuiet(_packets[i].Opcode) && !_packets[i].IsUnsure) quiet.Enqueue(_packets[i].Key);
        _packets.RemoveRange(0, isLast ? at + 1 : at);
        return key;
    }

    /// <summary>Bytes of one direction are missing, and perhaps whole packets with them.</summary>
    public void Lose()
    {
        // A number of its own tells a request still; others may have been answered unseen.
        _packets.RemoveAll(request => request.Opaque == 0);
        for (int i = 0; i < _packets.Count; i++) _packets[i] = _packets[i] with { IsUnsure = true };
    }
}
