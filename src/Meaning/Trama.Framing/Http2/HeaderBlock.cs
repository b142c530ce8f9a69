using System.Buffers;
using Trama.Framing.Http2.Hpack;

namespace Trama.Framing.Http2;

/// <summary>A block of header fields, in one frame or in several (RFC 9113 section 4.3), and the table that it is read with.</summary>
internal sealed class HeaderBlock
{
    /// <summary>The most bytes of a block; the fields of a larger one are unknown.</summary>
    public const int MaxSize = 65_536;

    private readonly HpackTable _table = new();
    private KeptBytes _kept = new(MaxSize);
    private bool _isLost;

    /// <summary>Whether it goes on in the next frame.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Begins a block.</summary>
    public void Begin()
    {
        IsOpen = true;
        _isLost = false;
        _kept.Clear();
    }

    /// <summary>Keeps a piece that others follow.</summary>
    public void Add(ReadOnlySpan<byte> piece) => _kept.Add(piece);

    /// <summary>Bytes of the block are missing.</summary>
    public void Lose() => _isLost = true;

    /// <summary>Whatever the other side's encoder does from here on, what it did before is unknown.</summary>
    public void Forget()
    {
        IsOpen = false;
        _table.Forget();
    }

    /// <summary>Ends the block with its last piece and reads its fields; of a block that is lost or malformed there are none.</summary>
    public void End(ReadOnlySpan<byte> last, HeaderFields fields)
    {
        IsOpen = false;
        fields.Clear();
        if (_kept.Length > 0) _kept.Add(last);
        ReadOnlySpan<byte> block = _kept.Length > 0 ? _kept.Bytes : last;
        if (!_isLost && !_kept.IsCut && block.Length <= MaxSize && TryRead(block, _table, fields)) return;
        fields.Clear();
        fields.HasUnknown = true;
        _table.Forget();
    }

    /// <summary>Reads a whole block.</summary>
    /// <returns>False when it is malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, HpackTable table, HeaderFields fields)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(HpackHuffman.MaxText(block.Length));
        var reader = new HpackReader(table, block, scratch);
        while (reader.TryRead(out HpackField field)) fields.Take(field);
        ArrayPool<byte>.Shared.Return(scratch);
        return !reader.IsMalformed;
    }
}
