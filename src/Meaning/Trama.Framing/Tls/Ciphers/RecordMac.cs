using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Ciphers;

/// <summary>The MAC of records whose cipher authenticates nothing (RFC 5246 section 6.2.3.1).</summary>
/// <param name="hash">Its hash.</param>
/// <param name="key">Its key.</param>
internal sealed class RecordMac(HashAlgorithmName hash, byte[] key) : IDisposable
{
    private readonly IncrementalHash _mac = IncrementalHash.CreateHMAC(hash, key);

    /// <summary>The length of a MAC, in bytes.</summary>
    public int Length => _mac.HashLengthInBytes;

    /// <summary>Whether a MAC is that of a content.</summary>
    public bool Fits(in RecordHeader header, ulong sequence, ReadOnlySpan<byte> content, ReadOnlySpan<byte> mac)
    {
        Span<byte> prefix = stackalloc byte[8 + RecordHeader.Length];
        BinaryPrimitives.WriteUInt64BigEndian(prefix, sequence);
        prefix[8] = (byte)header.Type;
        BinaryPrimitives.WriteUInt16BigEndian(prefix[9..], header.Version);
        BinaryPrimitives.WriteUInt16BigEndian(prefix[11..], (ushort)content.Length);
        _mac.AppendData(prefix);
        _mac.AppendData(content);
        Span<byte> own = stackalloc byte[SHA384.HashSizeInBytes];
        return own[.._mac.GetHashAndReset(own)].SequenceEqual(mac);
    }

    /// <inheritdoc/>
    public void Dispose() => _mac.Dispose();
}
