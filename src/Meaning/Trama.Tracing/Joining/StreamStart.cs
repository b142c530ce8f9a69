namespace Trama.Tracing.Joining;

/// <summary>
/// The first bytes of both streams of a connection: what they share in two captures when even the numbers were rewritten.
/// </summary>
internal sealed class StreamStart : IEquatable<StreamStart>
{
    /// <summary>How many bytes of each stream count.</summary>
    public const int Length = 64;

    private readonly byte[] _bytes = new byte[2 * Length];
    private readonly int[] _lengths = new int[2];

    /// <summary>Whether there is enough to tell connections apart.</summary>
    public bool IsTelling => _lengths[0] + _lengths[1] >= 16;

    public void Add(Side from, long offset, ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..(int)Math.Min(bytes.Length, Length - offset)];
        bytes.CopyTo(_bytes.AsSpan((int)from * Length + (int)offset));
        _lengths[(int)from] = (int)offset + bytes.Length;
    }

    public bool Equals(StreamStart? other) =>
        other is not null && _bytes.AsSpan().SequenceEqual(other._bytes) && _lengths.AsSpan().SequenceEqual(other._lengths);

    public override bool Equals(object? obj) => Equals(obj as StreamStart);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }
}
