using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Trama.Framing.Tls.Ciphers;

namespace Trama.Browser.Ciphers;

/// <summary>A mode with authentication, under one key.</summary>
internal sealed class ManagedAuthenticated(IAeadCipher mode, byte[] key, int tagLength) : AuthenticatedCipher
{
    private readonly KeyParameter _key = new(key);

    /// <inheritdoc/>
    public override void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext,
        ReadOnlySpan<byte> associated)
    {
        mode.Init(forEncryption: false, new AeadParameters(_key, tagLength * 8, nonce.ToArray(), associated.ToArray()));
        byte[] whole = [.. ciphertext, .. tag];
        byte[] output = new byte[mode.GetOutputSize(whole.Length)];
        try
        {
            int length = mode.ProcessBytes(whole, 0, whole.Length, output, 0);
            length += mode.DoFinal(output, length);
            output.AsSpan(0, length).CopyTo(plaintext);
        }
        catch (InvalidCipherTextException error)
        {
            throw new CryptographicException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // It holds nothing but memory.
    }
}
