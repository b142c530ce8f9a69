using System.Buffers;

namespace Trama.Captures.Files;

/// <summary>The TLS secrets inside a pcapng file, on their way to whoever decrypts with them.</summary>
internal sealed class DecryptionSecrets
{
    private const int FixedLength = 8;
    private const int MaximumKept = 16 * 1024 * 1024;

    private ArrayBufferWriter<byte>? _early = new();
    private SecretsHandler? _handler;

    /// <summary>Takes a Decryption Secrets Block; those of other protocols, and those that contradict themselves, say nothing.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="order">Its byte order.</param>
    public void Take(ReadOnlySpan<byte> block, FieldOrder order)
    {
        ReadOnlySpan<byte> body = block[PcapngFormat.BlockHeaderLength..^PcapngFormat.BlockTrailerLength];
        if (body.Length < FixedLength || order.U32(body, 0) != PcapngFormat.TlsKeyLog) return;
        uint length = order.U32(body, 4);
        if (length > (uint)(body.Length - FixedLength)) return;
        ReadOnlySpan<byte> keyLog = body.Slice(FixedLength, (int)length);
        _handler?.Invoke(keyLog);
        if (_early is null || _early.WrittenCount + keyLog.Length > MaximumKept) return;
        _early.Write(keyLog);
        _early.Write("\n"u8);
    }

    /// <summary>The file is open: what it holds from now on goes to a handler, or nowhere.</summary>
    /// <param name="handler">Takes the secrets, first those passed so far; null when nobody wants them.</param>
    public void Forward(SecretsHandler? handler)
    {
        if (_early is { WrittenCount: > 0 } early) handler?.Invoke(early.WrittenSpan);
        (_early, _handler) = (null, handler);
    }
}
