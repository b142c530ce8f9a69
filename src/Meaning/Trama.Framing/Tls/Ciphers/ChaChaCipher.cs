using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>ChaCha20 with Poly1305 (RFC 7905).</summary>
internal sealed class ChaChaCipher(byte[] key, byte[] salt, int tagLength, bool isTls13) : AeadCipher(salt, tagLength, isTls13)
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

    /// <inheritdoc/>
    public override void Dispose() => _cipher.Dispose();

    /// <inheritdoc/>
    protected override void Decrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated) =>
        _cipher.Decrypt(nonce, ciphertext, tag, plaintext, associated);
}
