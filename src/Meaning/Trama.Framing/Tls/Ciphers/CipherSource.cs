using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>
/// Makes what deciphers records: by default of the runtime's cryptography, which a runtime in a browser does not have. One for the whole
/// program, to be chosen before the first record is read.
/// </summary>
public abstract class CipherSource
{
    /// <summary>The one that is used.</summary>
    public static CipherSource Current { get; set; } = new RuntimeCiphers();

    /// <summary>Whether it has a cipher.</summary>
    public abstract bool Has(BulkCipher cipher);

    /// <summary>A cipher with authentication: <see cref="BulkCipher.AesGcm"/>, <see cref="BulkCipher.AesCcm"/> or
    /// <see cref="BulkCipher.ChaCha20Poly1305"/>.</summary>
    /// <param name="cipher">Which.</param>
    /// <param name="key">Its key.</param>
    /// <param name="tagLength">The length of a tag, in bytes.</param>
    public abstract AuthenticatedCipher Authenticated(BulkCipher cipher, byte[] key, int tagLength);

    /// <summary>Deciphers blocks in CBC mode, without padding: <see cref="BulkCipher.AesCbc"/> or
    /// <see cref="BulkCipher.TripleDesCbc"/>. The first vector does not matter.</summary>
    public abstract ICryptoTransform Chained(BulkCipher cipher, byte[] key);
}
