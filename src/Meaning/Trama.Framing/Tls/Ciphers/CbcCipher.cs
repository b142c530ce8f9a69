using System.Buffers;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>
/// Opens records encrypted with a block cipher in CBC mode, and checks their padding and MAC (RFC 5246 section 6.2.3.2), which is of the
/// plaintext, or of the ciphertext with encrypt_then_mac (RFC 7366).
/// </summary>
internal sealed class CbcCipher : RecordCipher
{
    private readonly ICryptoTransform _decryptor;
    private readonly RecordMac _mac;
    private readonly bool _encryptThenMac;
    private readonly byte[]? _vector;
    private readonly int _block;

    /// <param name="decryptor">The cipher with its key, in CBC mode without padding; its vector does not matter.</param>
    /// <param name="mac">The MAC.</param>
    /// <param name="vector">The vector of the first record where the others continue the chain, as in TLS 1.0; null where each carries its
    /// own.</param>
    /// <param name="encryptThenMac">Whether the MAC is of the ciphertext.</param>
    public CbcCipher(ICryptoTransform decryptor, RecordMac mac, byte[]? vector, bool encryptThenMac) =>
        (_decryptor, _mac, _vector, _encryptThenMac, _block) = (decryptor, mac, vector, encryptThenMac, decryptor.InputBlockSize);

    /// <inheritdoc/>
    public override int Overhead => _mac.Length + 1 + (_vector is null ? _block : 0);

    /// <inheritdoc/>
    public override bool TryOpen(in RecordHeader header, ulong sequence, ReadOnlySpan<byte> fragment, Span<byte> plaintext, out Range range)
    {
        range = default;
        ReadOnlySpan<byte> encrypted = fragment;
        if (_encryptThenMac)
        {
            if (fragment.Length < _mac.Length) return false;
            encrypted = fragment[..^_mac.Length];
            if (!_mac.Fits(header, sequence, encrypted, fragment[^_mac.Length..])) return false;
        }

        int carried = _vector is null ? _block : 0;
        if (encrypted.Length <= carried || encrypted.Length % _block != 0) return false;
        int length = Decrypt(encrypted, plaintext);
        if (!TryUnpad(plaintext[..length], out length)) return false;
        if (!_encryptThenMac)
        {
            length -= _mac.Length;
            if (length < 0 || !_mac.Fits(header, sequence, plaintext[..length], plaintext.Slice(length, _mac.Length))) return false;
        }

        Pass(fragment);
        range = ..length;
        return true;
    }

    /// <inheritdoc/>
    public override void Pass(ReadOnlySpan<byte> fragment)
    {
        if (_vector is null) return;
        ReadOnlySpan<byte> encrypted = _encryptThenMac && fragment.Length > _mac.Length ? fragment[..^_mac.Length] : fragment;
        if (encrypted.Length >= _block) encrypted[^_block..].CopyTo(_vector);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _decryptor.Dispose();
        _mac.Dispose();
    }

    // The block before the first is deciphered with it and dropped: so each record stands alone, whatever the decryptor did before.
    private int Decrypt(ReadOnlySpan<byte> encrypted, Span<byte> plaintext)
    {
        int added = _vector?.Length ?? 0;
        int length = added + encrypted.Length;
        byte[] blocks = ArrayPool<byte>.Shared.Rent(length), deciphered = ArrayPool<byte>.Shared.Rent(length);
        _vector?.CopyTo(blocks, 0);
        encrypted.CopyTo(blocks.AsSpan(added));
        _decryptor.TransformBlock(blocks, 0, length, deciphered, 0);
        deciphered.AsSpan(_block, length - _block).CopyTo(plaintext);
        ArrayPool<byte>.Shared.Return(blocks);
        ArrayPool<byte>.Shared.Return(deciphered);
        return length - _block;
    }

    // The last byte says how many bytes before it are padding, all of which have its value.
    private static bool TryUnpad(ReadOnlySpan<byte> padded, out int length)
    {
        int padding = padded[^1];
        length = padded.Length - 1 - padding;
        return length >= 0 && !padded[length..].ContainsAnyExcept((byte)padding);
    }
}
