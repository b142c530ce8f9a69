using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>Opens records protected by authenticated encryption (RFC 5246 section 6.2.3.3, RFC 8446 section 5.2).</summary>
/// <param name="cipher">The cipher with its key.</param>
/// <param name="salt">The part of the nonce that is never sent: 4 bytes before those that each record carries, or 12 that the sequence
/// number is mixed with.</param>
/// <param name="tagLength">The length of an authentication tag, in bytes.</param>
/// <param name="isTls13">Whether the header is what is authenticated with a record, as in TLS 1.3.</param>
internal sealed class AeadCipher(AuthenticatedCipher cipher, byte[] salt, int tagLength, bool isTls13) : RecordCipher
{
    /// <summary>The length of a nonce, in bytes.</summary>
    public const int NonceLength = 12;

    /// <summary>The length of the salt where records carry the rest of their nonce.</summary>
    public const int ShortSalt = 4;

    private readonly int _carried = NonceLength - salt.Length;

    /// <inheritdoc/>
    public override int Overhead => _carried + tagLength;

    /// <inheritdoc/>
    public override bool TryOpen(in RecordHeader header, ulong sequence, ReadOnlySpan<byte> fragment, Span<byte> plaintext, out Range range)
    {
        int length = fragment.Length - Overhead;
        range = ..Math.Max(length, 0);
        if (length < 0) return false;
        Span<byte> nonce = stackalloc byte[NonceLength];
        salt.CopyTo(nonce);
        fragment[.._carried].CopyTo(nonce[salt.Length..]);
        if (_carried == 0) BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], BinaryPrimitives.ReadUInt64BigEndian(nonce[4..]) ^ sequence);
        Span<byte> associated = stackalloc byte[8 + RecordHeader.Length];
        BinaryPrimitives.WriteUInt64BigEndian(associated, sequence);
        associated[8] = (byte)header.Type;
        BinaryPrimitives.WriteUInt16BigEndian(associated[9..], header.Version);
        BinaryPrimitives.WriteUInt16BigEndian(associated[11..], (ushort)(isTls13 ? header.FragmentLength : length));
        try
        {
            cipher.Decrypt(nonce, fragment.Slice(_carried, length), fragment[(_carried + length)..], plaintext[..length],
                isTls13 ? associated[8..] : associated);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => cipher.Dispose();
}
