using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>The ciphers of the runtime, which are the operating system's.</summary>
internal sealed class RuntimeCiphers : CipherSource
{
    /// <inheritdoc/>
    public override bool Has(BulkCipher cipher) => cipher switch
    {
        BulkCipher.AesGcm => AesGcm.IsSupported,
        BulkCipher.AesCcm => AesCcm.IsSupported,
        BulkCipher.ChaCha20Poly1305 => ChaCha20Poly1305.IsSupported,
        BulkCipher.Unknown => false,
        _ => true,
    };

    /// <inheritdoc/>
    public override AuthenticatedCipher Authenticated(BulkCipher cipher, byte[] key, int tagLength) => cipher switch
    {
        BulkCipher.AesGcm => new GcmCipher(key, tagLength),
        BulkCipher.AesCcm => new CcmCipher(key),
        _ => new ChaChaCipher(key),
    };

    /// <inheritdoc/>
    public override ICryptoTransform Chained(BulkCipher cipher, byte[] key)
    {
        using SymmetricAlgorithm algorithm = cipher == BulkCipher.AesCbc ? Aes.Create() : TripleDES.Create();
        (algorithm.Mode, algorithm.Padding) = (CipherMode.CBC, PaddingMode.None);
        return algorithm.CreateDecryptor(key, new byte[algorithm.BlockSize / 8]);
    }
}
