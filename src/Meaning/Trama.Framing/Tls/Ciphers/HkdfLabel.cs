using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>HKDF-Expand-Label, by which TLS 1.3 makes keys of a secret (RFC 8446 section 7.1).</summary>
internal static class HkdfLabel
{
    /// <summary>Makes <paramref name="length"/> bytes, at most 255, of a secret, for one purpose, with an empty context.</summary>
    public static byte[] Expand(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, int length)
    {
        ReadOnlySpan<byte> prefix = "tls13 "u8;
        Span<byte> info = stackalloc byte[2 + 1 + prefix.Length + label.Length + 1];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)length);
        info[2] = (byte)(prefix.Length + label.Length);
        prefix.CopyTo(info[3..]);
        label.CopyTo(info[(3 + prefix.Length)..]);
        info[^1] = 0;
        byte[] output = new byte[length];
        HKDF.Expand(hash, secret, output, info);
        return output;
    }
}
