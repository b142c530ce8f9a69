using System.Net;

namespace Trama.Peers.Datagrams;

/// <summary>
/// Notices who sends the same datagram again and again, as two servers do that answer each other. Remembers a few clients only.
/// </summary>
internal sealed class RepeatedDatagrams
{
    /// <summary>So many in a row are told of, once.</summary>
    public const int Many = 1000;

    private const int Places = 256;

    private readonly (IPEndPoint? Client, int Hash, int Count)[] _recent = new (IPEndPoint?, int, int)[Places];

    /// <summary>Whether this is the last of <see cref="Many"/> equal ones of a client, one after another.</summary>
    public bool IsOneTooMany(IPEndPoint client, ReadOnlySpan<byte> message)
    {
        var hashing = new HashCode();
        hashing.AddBytes(message);
        int hash = hashing.ToHashCode();
        ref (IPEndPoint? Client, int Hash, int Count) place = ref _recent[(uint)client.GetHashCode() % Places];
        place = hash == place.Hash && client.Equals(place.Client) ? (client, hash, Math.Min(place.Count + 1, Many + 1)) : (client, hash, 1);
        return place.Count == Many;
    }
}
