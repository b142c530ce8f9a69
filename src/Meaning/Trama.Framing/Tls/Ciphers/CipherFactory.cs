using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>Makes the ciphers of a connection from its secrets.</summary>
internal static class CipherFactory
{
    /// <summary>Whether there is what a suite needs.</summary>
    public static bool IsSupported(CipherSuite suite) => CipherSource.Current.Has(suite.Cipher);

    /// <summary>The cipher of one direction of TLS 1.3 under a traffic secret (RFC 8446 section 7.3).</summary>
    public static RecordCipher OfTrafficSecret(CipherSuite suite, ReadOnlySpan<byte> secret)
    {
        byte[] key = HkdfLabel.Expand(suite.Hash, secret, "key"u8, suite.KeyLength);
        return Aead(suite, key, HkdfLabel.Expand(suite.Hash, secret, "iv"u8, AeadCipher.NonceLength), isTls13: true);
    }

    /// <summary>The next traffic secret, after a KeyUpdate (RFC 8446 section 7.2).</summary>
    public static byte[] NextTrafficSecret(CipherSuite suite, ReadOnlySpan<byte> secret) =>
        HkdfLabel.Expand(suite.Hash, secret, "traffic upd"u8, secret.Length);

    /// <summary>The cipher of one direction up to TLS 1.2 (RFC 5246 section 6.3).</summary>
    /// <param name="terms">What the hellos agreed on.</param>
    /// <param name="master">The master secret.</param>
    /// <param name="direction">The direction.</param>
    public static RecordCipher OfMasterSecret(AgreedTerms terms, ReadOnlySpan<byte> master, Direction direction)
    {
        CipherSuite suite = terms.Suite;
        bool isAead = suite.Cipher is BulkCipher.AesGcm or BulkCipher.AesCcm or BulkCipher.ChaCha20Poly1305;
        int mac = isAead ? 0 : MacLength(suite.Mac), vector = VectorLength(terms);
        byte[] block = PseudorandomFunction.Expand(
            terms.Version, suite.Hash, master, "key expansion"u8, [.. terms.ServerRandom, .. terms.ClientRandom],
            2 * (mac + suite.KeyLength + vector));
        int side = direction == Direction.ToServer ? 0 : 1;
        byte[] macKey = block.AsSpan(side * mac, mac).ToArray();
        byte[] key = block.AsSpan((2 * mac) + (side * suite.KeyLength), suite.KeyLength).ToArray();
        byte[] iv = block.AsSpan((2 * (mac + suite.KeyLength)) + (side * vector), vector).ToArray();
        if (isAead) return Aead(suite, key, iv, isTls13: false);
        var recordMac = new RecordMac(suite.Mac, macKey);
        if (suite.Cipher == BulkCipher.Null) return new NullCipher(recordMac);
        return new CbcCipher(CipherSource.Current.Chained(suite.Cipher, key), recordMac, vector == 0 ? null : iv, terms.EncryptThenMac);
    }

    private static AeadCipher Aead(CipherSuite suite, byte[] key, byte[] salt, bool isTls13) =>
        new(CipherSource.Current.Authenticated(suite.Cipher, key, suite.TagLength), salt, suite.TagLength, isTls13);

    // Of the key block: the part of the nonce that is not sent, or in TLS 1.0 the first vector of the chain.
    private static int VectorLength(AgreedTerms terms) => terms.Suite.Cipher switch
    {
        BulkCipher.AesGcm or BulkCipher.AesCcm => AeadCipher.ShortSalt,
        BulkCipher.ChaCha20Poly1305 => AeadCipher.NonceLength,
        BulkCipher.AesCbc when terms.Version <= TlsVersion.Tls10 => 16,
        BulkCipher.TripleDesCbc when terms.Version <= TlsVersion.Tls10 => 8,
        _ => 0,
    };

    private static int MacLength(HashAlgorithmName mac) =>
        mac == HashAlgorithmName.MD5 ? 16 : mac == HashAlgorithmName.SHA1 ? 20 : mac == HashAlgorithmName.SHA384 ? 48 : 32;
}
