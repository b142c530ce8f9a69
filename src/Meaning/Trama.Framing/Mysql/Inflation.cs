using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Trama.Framing.Mysql;

/// <summary>Inflates one compressed packet, a piece at a time, and never more of it than its header says.</summary>
internal sealed class Inflation
{
    private const int MaxPiece = 64 << 10;

    private ArrayBufferWriter<byte> _packet = new();
    private byte[] _piece = [];
    private int _pieceLength;
    private int _left;
    private Stream? _inflating;

    /// <summary>Whether more of the packet is to be inflated.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The piece inflated last; valid until the next one.</summary>
    public ReadOnlySpan<byte> Bytes => _piece.AsSpan(0, _pieceLength);

    /// <summary>How many bytes behind the last piece cannot be inflated.</summary>
    public int Missing { get; private set; }

    /// <summary>Takes bytes of the packet, as they come.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _packet.Write(bytes);

    /// <summary>The packet is there: <see cref="Next"/> inflates it.</summary>
    /// <param name="header">Its header.</param>
    public void Begin(in CompressedHeader header)
    {
        (_left, _pieceLength, Missing, HasMore) = (header.Inflated, 0, 0, true);
        MemoryMarshal.TryGetArray(_packet.WrittenMemory, out ArraySegment<byte> packet);
        var bytes = new MemoryStream(packet.Array!, packet.Offset, packet.Count);
        _inflating = !header.IsCompressed ? bytes
            : CompressedHeader.IsZstd(packet) ? Zstd.Open(bytes) : new ZLibStream(bytes, CompressionMode.Decompress);
    }

    /// <summary>Inflates the next piece.</summary>
    public void Next()
    {
        int length = Math.Min(_left, MaxPiece);
        if (_piece.Length < length) _piece = new byte[length];
        try
        {
            _pieceLength = _inflating!.ReadAtLeast(_piece.AsSpan(0, length), length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (Zstd.IsBadInput(e))
        {
            _pieceLength = 0;
        }

        _left -= _pieceLength;
        HasMore = _left > 0 && _pieceLength == length;
        if (HasMore) return;
        Missing = _left;
        Close();
    }

    /// <summary>Forgets the packet.</summary>
    public void Stop()
    {
        _pieceLength = 0;
        Close();
    }

    private void Close()
    {
        _inflating?.Dispose();
        (_inflating, HasMore) = (null, false);
        if (_packet.Capacity > MaxPiece) _packet = new();
        else _packet.ResetWrittenCount();
    }
}
