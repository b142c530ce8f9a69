using System.Buffers;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>What a shard found in a batch, in order, until it is told; then its objects go back to where they came from.</summary>
internal sealed class ShardLog : IBufferWriter<byte>
{
    private const int LargestKept = 1 << 20;

    // Beside the events, not in them: a reference costs more to move than all the rest.
    private readonly List<object> _objects = [];
    private ShardEvent[] _events = new ShardEvent[16];
    private Connection?[] _connections = new Connection?[16];
    private byte[] _text = [];
    private int _textEnd;
    private int _textStart;
    private int _count;
    private int _told;
    private int _toldObjects;

    /// <summary>The step at hand.</summary>
    public int Step { get; set; }

    /// <summary>The step in which what is told next was found; beyond all steps when there is nothing.</summary>
    public int NextStep => _told < _count ? _events[_told].Step : int.MaxValue;

    /// <summary>Whether text was written since the last event.</summary>
    public bool HasText => _textEnd > (_count == 0 ? 0 : _events[_count - 1].TextEnd);

    /// <summary>An exchange is complete; null when only what was written of it is told.</summary>
    public void Add(Connection connection, Exchange? exchange) => Add(connection, exchange, isEnd: false);

    /// <summary>A connection ends.</summary>
    public void AddEnd(Connection connection, object? judged) => Add(connection, judged, isEnd: true);

    /// <summary>Tells what was found in the step of what is told next.</summary>
    public void Tell(IShardedSink sink, CaptureTotals totals)
    {
        for (int step = NextStep; NextStep == step; _told++)
        {
            ShardEvent next = _events[_told];
            Connection connection = _connections[_told]!;
            if (next.TextEnd > _textStart)
            {
                sink.ExchangeTold(connection, _text.AsSpan(_textStart, next.TextEnd - _textStart));
                _textStart = next.TextEnd;
            }

            object? about = next.HasObject ? _objects[_toldObjects++] : null;
            if (!next.IsEnd)
            {
                if (about is not null) sink.ExchangePassedOn(connection, (Exchange)about);
                continue;
            }

            totals.Count(connection);
            sink.ConnectionEnded(connection, about);
        }
    }

    /// <summary>Empties it for the next batch, on the thread of the shard.</summary>
    public void Recycle(MessagePool pool, IShardPart? part)
    {
        foreach (object about in _objects)
        {
            if (about is not Exchange exchange) part!.Release(about);
            else if (exchange.IsLent) pool.Reuse(exchange);
        }

        _objects.Clear();
        Array.Clear(_connections, 0, _count);
        (_count, _told, _toldObjects, _textStart, _textEnd) = (0, 0, 0, 0, 0);
        if (_text.Length > LargestKept) _text = [];
    }

    void IBufferWriter<byte>.Advance(int count) => _textEnd += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        MakeRoom(sizeHint);
        return _text.AsMemory(_textEnd);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        MakeRoom(sizeHint);
        return _text.AsSpan(_textEnd);
    }

    private void MakeRoom(int count)
    {
        count = Math.Max(count, 1);
        if (_text.Length - _textEnd < count) Array.Resize(ref _text, Math.Max(Math.Max(4096, _text.Length * 2), _textEnd + count));
    }

    private void Add(Connection connection, object? about, bool isEnd)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, _count * 2);
            Array.Resize(ref _connections, _count * 2);
        }

        if (about is not null) _objects.Add(about);
        _connections[_count] = connection;
        _events[_count++] = new ShardEvent(Step, _textEnd, about is not null, isEnd);
    }
}
