using System.Buffers;

namespace Trama.Peers.Serving.Conducts;

/// <summary>What is said about messages that came in one read, gathered so that it leaves in one write.</summary>
internal sealed class ReplyBatch
{
    private readonly List<int> _lengths = [];
    private byte[] _bytes = [];
    private int _length;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _lengths.Count == 0;

    /// <summary>The bytes of all.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The length of each.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Bytes of memory that it holds.</summary>
    public int HeldBytes => _bytes.Length;

    /// <summary>Adds one.</summary>
    public void Add(ReadOnlySpan<byte> reply)
    {
        if (_length + reply.Length > _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _length, _length + reply.Length));
            Bytes.Span.CopyTo(larger);
            if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        reply.CopyTo(_bytes.AsSpan(_length));
        _length += reply.Length;
        _lengths.Add(reply.Length);
    }

    /// <summary>Forgets them and gives the buffer back.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
        _lengths.Clear();
    }
}
