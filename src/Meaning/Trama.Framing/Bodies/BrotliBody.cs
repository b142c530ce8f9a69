using System.Buffers;
using System.IO.Compression;

namespace Trama.Framing.Bodies;

/// <summary>Decodes Brotli (RFC 7932).</summary>
internal sealed class BrotliBody : BodyDecoder
{
    private const int Piece = 16 << 10;

    private BrotliDecoder _decoder;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool IsOver => _isOver;

    /// <inheritdoc/>
    public override bool TryDecode(ReadOnlySpan<byte> encoded, MessageBody body)
    {
        byte[] output = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (!_isOver)
            {
                OperationStatus status = _decoder.Decompress(encoded, output, out int consumed, out int written);
                if (status == OperationStatus.InvalidData) return false;
                encoded = encoded[consumed..];
                if (written > 0 && !body.TryGive(output.AsSpan(0, written))) return true;
                _isOver = status == OperationStatus.Done;
                if (status == OperationStatus.NeedMoreData) return true;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _decoder.Dispose();
}
