using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>AES in Counter with CBC-MAC mode (RFC 6655).</summary>
internal sealed class CcmCipher(byte[] key) : AuthenticatedCipher
{
    private readonly AesCcm _cipher = new(key);

    /// <inheritdoc/>
    public override void Dispose() => _cipher.Dispose();

    /// <inheritdoc/>
    public override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated) =>
        _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associated);
}
