using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Trama.Framing.Bodies;

/// <summary>Decodes zstd (RFC 8878), one frame or several.</summary>
internal sealed class ZstdBody : BodyDecoder
{
    private const int Piece = 16 << 10;

    // A window has 8 MiB at most in this coding (RFC 9659).
    private const int MaxWindow = 23;

    private readonly Decompressor _decoder = new();
    private bool _isOver;

    /// <summary>Begins a body.</summary>
    public ZstdBody() => _decoder.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindow);

    /// <inheritdoc/>
    public override bool IsOver => _isOver;

    /// <inheritdoc/>
    public override bool TryDecode(ReadOnlySpan<byte> encoded, MessageBody body)
    {
        byte[] output = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (true)
            {
                OperationStatus status = _decoder.UnwrapStream(encoded, output, out int consumed, out int written);
                if (status == OperationStatus.InvalidData) return false;
                encoded = encoded[consumed..];
                _isOver = status == OperationStatus.Done;
                if (written > 0 && !body.TryGive(output.AsSpan(0, written))) return true;
                if (encoded.IsEmpty && status != OperationStatus.DestinationTooSmall) return true;
                if (consumed == 0 && written == 0) return false;
            }
        }
        catch (ZstdException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _decoder.Dispose();
}
