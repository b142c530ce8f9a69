using Trama.Framing;

namespace Trama.Tracing;

/// <summary>What a protocol says of a message, kept in memory that is used again. Protocols often say the same several times: it is kept
/// once.</summary>
internal struct MessageWords
{
    private const int MaxBytes = 256;

    private byte[]? _bytes;
    private int _length;
    private Place _description;
    private Place _operation;
    private Place _group;
    private Place _status;
    private Place _traceParent;

    /// <inheritdoc cref="Message.Description"/>
    public readonly ReadOnlyMemory<byte> Description => At(_description);

    /// <inheritdoc cref="Message.Operation"/>
    public readonly ReadOnlyMemory<byte> Operation => At(_operation);

    /// <inheritdoc cref="Message.Group"/>
    public readonly ReadOnlyMemory<byte> Group => At(_group.Length > 0 ? _group : _operation);

    /// <inheritdoc cref="Message.Status"/>
    public readonly ReadOnlyMemory<byte> Status => At(_status);

    /// <inheritdoc cref="Message.TraceParent"/>
    public readonly ReadOnlyMemory<byte> TraceParent => At(_traceParent);

    /// <summary>Keeps other words, or the first of them.</summary>
    public void Keep(in MessageEnd end)
    {
        _length = 0;
        // What has no other words is called by what it asks for, or by how it ended.
        ReadOnlySpan<byte> first = !end.Description.IsEmpty ? end.Description : !end.Operation.IsEmpty ? end.Operation : end.Status;
        _description = Add(first);
        _operation = Find(end.Operation, first);
        _group = Find(end.Group, first);
        _status = Find(end.Status, first);
        _traceParent = Add(end.TraceParent);
    }

    /// <summary>Keeps the group alone.</summary>
    public void KeepGroup(in MessageEnd end)
    {
        _length = 0;
        _group = Add(end.Group.IsEmpty ? end.Operation : end.Group);
    }

    private readonly ReadOnlyMemory<byte> At(Place place) => place.Length == 0 ? default : _bytes.AsMemory(place.Start, place.Length);

    // Where the words stand in those that are kept first, or else after all that is kept.
    private Place Find(ReadOnlySpan<byte> words, ReadOnlySpan<byte> first)
    {
        if (words.IsEmpty) return default;
        bool isKept = first.Overlaps(words, out int start) && start >= 0 && start + words.Length <= _description.Length;
        return isKept ? new Place(start, words.Length) : Add(words);
    }

    private Place Add(ReadOnlySpan<byte> words)
    {
        if (words.IsEmpty) return default;
        if (words.Length > MaxBytes) words = words[..MaxBytes];
        var place = new Place(_length, words.Length);
        _length += words.Length;
        if (_bytes is null || _bytes.Length < _length) Array.Resize(ref _bytes, _length);
        words.CopyTo(_bytes.AsSpan(place.Start));
        return place;
    }

    private readonly record struct Place(int Start, int Length);
}
