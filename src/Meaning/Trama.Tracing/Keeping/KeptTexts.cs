using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Trama.Tracing.Keeping;

/// <summary>
/// The texts of the rows of a block, one behind the other, each after its length; compressed once there are all of them, since those of
/// neighbours are much alike. One thread writes, others may read what they know the place of.
/// </summary>
internal sealed class KeptTexts
{
    /// <summary>How many bytes the texts of a row take at most.</summary>
    public const int LongestOfRow = 2 * (LengthBytes + ExchangeTable.MaxWords) + 2 * (LengthBytes + ExchangeTable.HeadBytes);

    private const int LengthBytes = 2;
    private const int FirstRoom = 64 * 1024;

    private readonly Lock _lock = new();
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstRoom);
    private int _length;
    private bool _isSealed;

    /// <summary>How many bytes all of them take.</summary>
    public int Length => _length;

    /// <summary>Keeps a text of at most 65,535 bytes.</summary>
    /// <returns>Its place.</returns>
    public int Add(ReadOnlySpan<byte> text)
    {
        int place = _length, end = place + LengthBytes + text.Length;
        if (_bytes.Length < end) Grow(end);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(place), (ushort)text.Length);
        text.CopyTo(_bytes.AsSpan(place + LengthBytes));
        _length = end;
        return place;
    }

    /// <summary>No more come: packs them.</summary>
    public void Seal()
    {
        var packed = new MemoryStream(_length / 4);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(_bytes, 0, _length);
        lock (_lock)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = packed.ToArray();
            _isSealed = true;
        }
    }

    /// <summary>Writes all texts, once they are packed.</summary>
    /// <param name="bytes">Where to; at least <see cref="Length"/> bytes.</param>
    public void ReadAll(Span<byte> bytes)
    {
        using var inflate = new DeflateStream(new MemoryStream(_bytes), CompressionMode.Decompress);
        inflate.ReadExactly(bytes[.._length]);
    }

    /// <summary>Copies texts from a place on, while more come; false when they were packed meanwhile.</summary>
    /// <param name="place">Where the first begins.</param>
    /// <param name="bytes">Where to.</param>
    public bool TryRead(int place, Span<byte> bytes)
    {
        lock (_lock)
        {
            if (_isSealed) return false;
            _bytes.AsSpan(place, Math.Min(bytes.Length, _bytes.Length - place)).CopyTo(bytes);
            return true;
        }
    }

    /// <summary>Takes the first text off; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> texts)
    {
        if (texts.IsEmpty) return default;
        int end = LengthBytes + BinaryPrimitives.ReadUInt16LittleEndian(texts);
        ReadOnlySpan<byte> text = texts[LengthBytes..end];
        texts = texts[end..];
        return text;
    }

    private void Grow(int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, length));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        lock (_lock)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
    }
}
