namespace Trama.Scrubbing.Streams;

/// <summary>What one side of an open connection said so far.</summary>
internal sealed class StreamBuffer
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>Where its messages are.</summary>
    public List<MessagePlace> Messages { get; } = [];

    /// <summary>Where its pieces begin, as they were carried.</summary>
    public List<int> Pieces { get; } = [];

    /// <summary>All bytes, with zeros for those that are missing.</summary>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <summary>How many bytes it has, missing ones included.</summary>
    public int Length => _length;

    /// <summary>Adds bytes at a place of the stream.</summary>
    public void Add(long offset, ReadOnlySpan<byte> bytes)
    {
        int end = checked((int)(offset + bytes.Length));
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        Pieces.Add((int)offset);
        bytes.CopyTo(_bytes.AsSpan((int)offset));
        _length = Math.Max(_length, end);
    }
}
