using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Trama.Framing.Tls.Keys;

/// <summary>
/// The master secrets of earlier connections, by the session identifiers and tickets that resume them (RFC 5246 section 7.3, RFC 5077). A
/// resumed connection has a secret of its own in a key log, or none.
/// </summary>
internal sealed class ResumableSessions
{
    private const int Limit = 16384;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, byte[]> _masters = [];
    private readonly Queue<UInt128> _order = [];

    /// <summary>Notes that a master secret belongs to an identifier or a ticket; the oldest make room.</summary>
    public void Add(ReadOnlySpan<byte> name, byte[] master)
    {
        if (name.IsEmpty) return;
        UInt128 key = Digest(name);
        lock (_gate)
        {
            if (!_masters.TryAdd(key, master))
            {
                _masters[key] = master;
                return;
            }

            _order.Enqueue(key);
            if (_order.Count > Limit) _masters.Remove(_order.Dequeue());
        }
    }

    /// <summary>The master secret that an identifier or a ticket stands for.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out byte[]? master)
    {
        master = null;
        if (name.IsEmpty) return false;
        UInt128 key = Digest(name);
        lock (_gate) return _masters.TryGetValue(key, out master);
    }

    private static UInt128 Digest(ReadOnlySpan<byte> name)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
