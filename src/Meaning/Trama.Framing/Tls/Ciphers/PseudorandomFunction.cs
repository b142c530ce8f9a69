using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>The function by which TLS up to 1.2 makes secrets and keys of a secret (RFC 5246 section 5, RFC 2246 section 5).</summary>
internal static class PseudorandomFunction
{
    /// <summary>Makes <paramref name="length"/> bytes.</summary>
    /// <param name="version">The version of the connection.</param>
    /// <param name="hash">The hash of its cipher suite; before TLS 1.2 it is MD5 and SHA-1 together.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="label">The purpose, in ASCII.</param>
    /// <param name="seed">What makes the outcome the connection's own.</param>
    /// <param name="length">How many bytes to make.</param>
    public static byte[] Expand(
        ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, int length)
    {
        byte[] output = new byte[length];
        byte[] whole = [.. label, .. seed];
        if (version >= TlsVersion.Tls12)
        {
            Mix(hash, secret, whole, output);
            return output;
        }

        int half = (secret.Length + 1) / 2;
        Mix(HashAlgorithmName.MD5, secret[..half], whole, output);
        Mix(HashAlgorithmName.SHA1, secret[^half..], whole, output);
        return output;
    }

    // P_hash: HMAC(A(1) + seed), HMAC(A(2) + seed) … where A(0) is the seed and A(i) the HMAC of A(i-1).
    private static void Mix(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        using var mac = IncrementalHash.CreateHMAC(hash, secret);
        Span<byte> link = stackalloc byte[mac.HashLengthInBytes], block = stackalloc byte[mac.HashLengthInBytes];
        mac.AppendData(seed);
        mac.GetHashAndReset(link);
        while (!output.IsEmpty)
        {
            mac.AppendData(link);
            mac.AppendData(seed);
            mac.GetHashAndReset(block);
            int taken = Math.Min(block.Length, output.Length);
            for (int i = 0; i < taken; i++) output[i] ^= block[i];
            output = output[taken..];
            mac.AppendData(link);
            mac.GetHashAndReset(link);
        }
    }
}
