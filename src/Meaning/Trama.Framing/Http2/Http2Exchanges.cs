namespace Trama.Framing.Http2;

/// <summary>What the two directions of a connection of HTTP/2 know of each other: the exchanges that are open, and what the sides agreed
/// upon.</summary>
internal sealed class Http2Exchanges
{
    /// <summary>The most exchanges that are open at a time; beyond, the oldest is forgotten.</summary>
    public const int Limit = 8192;

    // Frames may come on a stream for a while after it was reset (RFC 9113 section 5.1).
    private const int ResetsKept = 64;

    private readonly Dictionary<uint, Http2Exchange> _open = [];
    private readonly Queue<Http2Exchange> _reset = new();
    private Http2Exchange? _oldest;
    private Http2Exchange? _newest;
    private uint _lastOdd;
    private uint _lastEven;

    /// <summary>Begins a connection.</summary>
    /// <param name="isUpgraded">Whether it was one of HTTP/1.1, whose last request became that of stream 1 (RFC 7540 section 3.2).</param>
    public Http2Exchanges(bool isUpgraded)
    {
        if (!isUpgraded) return;
        var exchange = new Http2Exchange(1) { IsUpgraded = true };
        exchange.Request.HasBegun = exchange.Request.IsOver = true;
        Add(exchange);
    }

    /// <summary>Whether bodies are read.</summary>
    public bool ReadsBodies { get; init; }

    /// <summary>The largest payload of a frame that either side allows, in bytes.</summary>
    public int MaxFrame { get; set; } = FrameHeader.UsualMaxLength;

    /// <summary>How often bytes were missing, so that a stream may be open, or over, of which nothing was seen.</summary>
    public int Losses { get; set; }

    /// <summary>Whether something else than calls of gRPC was seen.</summary>
    public bool SpeaksHttp { get; set; }

    /// <summary>The largest identifier of a stream so far.</summary>
    public uint LastStream => Math.Max(_lastOdd, _lastEven);

    /// <summary>The exchange of a stream that is open; null when it is not.</summary>
    public Http2Exchange? Find(uint stream) => _open.GetValueOrDefault(stream);

    /// <summary>The exchange of a stream that is open, or was reset not long ago; null when it is not known.</summary>
    public Http2Exchange? Known(uint stream)
    {
        if (_open.TryGetValue(stream, out Http2Exchange? exchange)) return exchange;
        foreach (Http2Exchange reset in _reset)
            if (reset.Stream == stream) return reset;
        return null;
    }

    /// <summary>The exchange of a stream, opened if it may be a new one; null when it is over.</summary>
    public Http2Exchange? FindOrOpen(uint stream)
    {
        bool isNew = stream > (stream % 2 == 0 ? _lastEven : _lastOdd);
        if (!isNew && Known(stream) is { } known) return known;
        if (!isNew && Losses == 0) return null;
        var exchange = new Http2Exchange(stream) { LossesBefore = Losses };
        Add(exchange);
        return exchange;
    }

    /// <summary>Forgets an exchange that is over.</summary>
    public void Close(Http2Exchange exchange)
    {
        if (!_open.Remove(exchange.Stream)) return;
        if (exchange.Older is null) _oldest = exchange.Newer;
        else exchange.Older.Newer = exchange.Newer;
        if (exchange.Newer is null) _newest = exchange.Older;
        else exchange.Newer.Older = exchange.Older;
    }

    /// <summary>Forgets an exchange that was reset.</summary>
    public void Reset(Http2Exchange exchange)
    {
        Close(exchange);
        if (_reset.Count == ResetsKept) _reset.Dequeue();
        _reset.Enqueue(exchange);
    }

    private void Add(Http2Exchange exchange)
    {
        if (_open.Count == Limit) Close(_oldest!);
        _open.Add(exchange.Stream, exchange);
        exchange.Older = _newest;
        if (_newest is null) _oldest = exchange;
        else _newest.Newer = exchange;
        _newest = exchange;
        ref uint last = ref exchange.Stream % 2 == 0 ? ref _lastEven : ref _lastOdd;
        last = Math.Max(last, exchange.Stream);
    }
}
