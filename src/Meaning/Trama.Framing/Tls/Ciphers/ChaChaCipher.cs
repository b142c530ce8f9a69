using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>ChaCha20 with Poly1305 (RFC 7905).</summary>
internal sealed class ChaChaCipher(byte[] key) : AuthenticatedCipher
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

    /// <inheritdoc/>
    public override void Dispose() => _cipher.Dispose();

    /// <inheritdoc/>
    public override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated) =>
        _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associated);
}
