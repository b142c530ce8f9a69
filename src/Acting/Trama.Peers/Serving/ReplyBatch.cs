using System.Buffers;

namespace Trama.Peers.Serving;

/// <summary>The replies to messages that came in one read, gathered so that they leave in one write.</summary>
internal sealed class ReplyBatch
{
    private readonly List<int> _lengths = [];
    private byte[] _bytes = [];
    private int _length;

    /// <summary>The bytes of all replies.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The length of each reply.</summary>
    public List<int> Lengths => _lengths;

    /// <summary>Adds a reply.</summary>
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

    /// <summary>Forgets the replies and gives the buffer back.</summary>
    public void Clear()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
        _lengths.Clear();
    }
}
