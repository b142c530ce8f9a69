namespace Trama.Framing.Tls.Ciphers;

/// <summary>How a cipher suite encrypts records.</summary>
public enum BulkCipher : byte
{
    /// <summary>With a cipher that the runtime does not have.</summary>
    Unknown,

    /// <summary>Not at all; records only have a MAC.</summary>
    Null,

    /// <summary>AES in Galois/Counter Mode (RFC 5288).</summary>
    AesGcm,

    /// <summary>AES in Counter with CBC-MAC mode (RFC 6655).</summary>
    AesCcm,

    /// <summary>ChaCha20 with Poly1305 (RFC 7905).</summary>
    ChaCha20Poly1305,

    /// <summary>AES in Cipher Block Chaining mode, with a MAC (RFC 5246 section 6.2.3.2).</summary>
    AesCbc,

    /// <summary>Triple DES in Cipher Block Chaining mode, with a MAC.</summary>
    TripleDesCbc,
}
