using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Trama.Framing.Mongodb;

/// <summary>The body of an OP_COMPRESSED: what it was before, how long that was, how it is compressed (none, Snappy, zlib, zstd), and the
/// compressed body.</summary>
internal sealed class CompressedBody
{
    // What a message may be, and become; of a larger one nothing is known but that it was said.
    private const int MaxCompressed = 1 << 20;
    private const int MaxInflated = 4 << 20;

    private const int HeadSize = 9;
    private const int Piece = 16 << 10;

    private KeptBytes _bytes = new(MaxCompressed);
    private bool _isLost;

    /// <summary>Begins a message.</summary>
    public void Begin()
    {
        _bytes.Clear();
        _isLost = false;
    }

    /// <summary>Takes the next bytes.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (!_isLost) _bytes.Add(bytes);
    }

    /// <summary>Bytes are missing.</summary>
    public void Lose() => _isLost = true;

    /// <summary>Gives what it was before to a body.</summary>
    /// <returns>What it was before; 0 where nothing is known.</returns>
    public int End(MongodbBody body, bool isReply)
    {
        ReadOnlySpan<byte> bytes = _bytes.Bytes;
        body.Begin(0, isReply);
        if (bytes.Length <= HeadSize) return 0;
        int opcode = BinaryPrimitives.ReadInt32LittleEndian(bytes), length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (_isLost || _bytes.IsCut || length is < 0 or > MaxInflated || !MongodbOpcode.IsKnown(opcode)) return 0;
        body.Begin(opcode, isReply);
        Inflate(bytes[8], bytes[HeadSize..], length, body);
        _bytes.Clear();
        return opcode;
    }

    private static void Inflate(byte kind, ReadOnlySpan<byte> compressed, int length, MongodbBody body)
    {
        if (kind == 0)
        {
            body.Take(compressed);
            return;
        }

        byte[] text = ArrayPool<byte>.Shared.Rent(kind == 1 ? Math.Max(1, length) : Piece);
        try
        {
            if (kind == 1) body.Take(text.AsSpan(0, Snappy.Decompress(compressed, text.AsSpan(0, length))));
            else if (kind is 2 or 3) Inflate(kind, compressed.ToArray(), length, text, body);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    private static void Inflate(byte kind, byte[] compressed, int length, byte[] text, MongodbBody body)
    {
        try
        {
            using var bytes = new MemoryStream(compressed);
            using Stream inflating = kind == 2 ? new ZLibStream(bytes, CompressionMode.Decompress) : Zstd.Open(bytes);
            for (int read; length > 0 && (read = inflating.Read(text, 0, Math.Min(length, Piece))) > 0; length -= read)
                body.Take(text.AsSpan(0, read));
        }
        catch (Exception e) when (Zstd.IsBadInput(e))
        {
            // What was inflated before the fault is known.
        }
    }
}
