using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Trama.Framing.Tls.Ciphers;

namespace Trama.Browser.Ciphers;

/// <summary>Ciphers in C# alone: a runtime in a browser has none.</summary>
internal sealed class ManagedCiphers : CipherSource
{
    /// <inheritdoc/>
    public override bool Has(BulkCipher cipher) => cipher != BulkCipher.Unknown;

    /// <inheritdoc/>
    public override AuthenticatedCipher Authenticated(BulkCipher cipher, byte[] key, int tagLength)
    {
        IAeadCipher mode = cipher switch
        {
            BulkCipher.AesGcm => new GcmBlockCipher(new AesEngine()),
            BulkCipher.AesCcm => new CcmBlockCipher(new AesEngine()),
            _ => new Org.BouncyCastle.Crypto.Modes.ChaCha20Poly1305(),
        };
        return new ManagedAuthenticated(mode, key, tagLength);
    }

    /// <inheritdoc/>
    public override ICryptoTransform Chained(BulkCipher cipher, byte[] key)
    {
        IBlockCipher engine = cipher == BulkCipher.AesCbc ? new AesEngine() : new DesEdeEngine();
        return new ManagedChain(new CbcBlockCipher(engine), key);
    }
}
