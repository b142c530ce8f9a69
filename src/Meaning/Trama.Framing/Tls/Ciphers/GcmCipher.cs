using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>AES in Galois/Counter Mode (RFC 5288).</summary>
internal sealed class GcmCipher(byte[] key, int tagLength) : AuthenticatedCipher
{
    private readonly AesGcm _cipher = new(key, tagLength);

    /// <inheritdoc/>
    public override void Dispose() => _cipher.Dispose();

    /// <inheritdoc/>
    public override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated) =>
        _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associated);
}
