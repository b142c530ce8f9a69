using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Parts of a stream that belong together though others stand between them.</summary>
internal sealed class Ranges
{
    private readonly List<(int At, int Length)> _parts = [];

    /// <summary>How many bytes they have.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a part behind the others.</summary>
    public void Add(int at, int length)
    {
        if (length <= 0) return;
        _parts.Add((at, length));
        Length += length;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _parts.Clear();
        Length = 0;
    }

    /// <summary>Changes the parts as if they were one.</summary>
    public void Change(Span<byte> stream, SpanChange change)
    {
        if (_parts is [var (start, length)])
        {
            change(stream.Slice(start, length));
            return;
        }

        byte[] whole = new byte[Length];
        int at = 0;
        foreach ((int from, int count) in _parts)
        {
            stream.Slice(from, count).CopyTo(whole.AsSpan(at));
            at += count;
        }

        change(whole);
        at = 0;
        foreach ((int from, int count) in _parts)
        {
            whole.AsSpan(at, count).CopyTo(stream[from..]);
            at += count;
        }
    }
}
