namespace Trama.Framing.Tls.Ciphers;

/// <summary>A cipher with its key, which finds out whether what it deciphers is authentic (RFC 5116).</summary>
public abstract class AuthenticatedCipher : IDisposable
{
    /// <summary>Deciphers.</summary>
    /// <param name="nonce">12 bytes that differ in each record.</param>
    /// <param name="ciphertext">What is deciphered.</param>
    /// <param name="tag">What authenticates it.</param>
    /// <param name="plaintext">Takes the outcome, as long as <paramref name="ciphertext"/>.</param>
    /// <param name="associated">What is authenticated with it.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is not authentic.</exception>
    public abstract void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated);

    /// <inheritdoc/>
    public abstract void Dispose();
}
