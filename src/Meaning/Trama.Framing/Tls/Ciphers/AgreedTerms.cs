namespace Trama.Framing.Tls.Ciphers;

/// <summary>What the two hellos of a handshake up to TLS 1.2 agreed on, as far as keys depend on it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Suite">The cipher suite.</param>
/// <param name="ClientRandom">The client's random bytes.</param>
/// <param name="ServerRandom">The server's random bytes.</param>
/// <param name="EncryptThenMac">Whether both want the MAC to be of the ciphertext (RFC 7366).</param>
internal sealed record AgreedTerms(ushort Version, CipherSuite Suite, byte[] ClientRandom, byte[] ServerRandom, bool EncryptThenMac);
