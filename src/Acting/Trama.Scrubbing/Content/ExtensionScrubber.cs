using System.Buffers.Binary;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Content;

/// <summary>Scrubs the extensions of a hello of TLS: those that say what both can do stay, names and keys do not.</summary>
internal sealed class ExtensionScrubber(ScrubKey key, TextScrubber text)
{
    private const int ServerName = 0, Alpn = 16, PreSharedKey = 41, Cookie = 44, KeyShare = 51;

    // Lists of numbers: groups, formats, algorithms, versions, modes (IANA's registry of TLS ExtensionType values).
    private static readonly HashSet<int> Kept = [10, 11, 13, 27, 34, 43, 45, 50];

    // What says that something can be done, by how much is said at most: beyond that somebody is named or something proved, such as who
    // answers for a certificate, or that a log knows it.
    private static readonly Dictionary<int, int> Flags = new()
    {
        [1] = 1,
        [5] = 5,
        [15] = 1,
        [17] = 9,
        [28] = 2,
        [42] = 4,
    };

    /// <summary>Scrubs a list of extensions.</summary>
    public void Scrub(Span<byte> list, bool isServer)
    {
        while (list.Length >= 4)
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(list);
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(list[2..]), list.Length - 4);
            Span<byte> body = list.Slice(4, length);
            switch (type)
            {
                case ServerName:
                    if (length > 5) text.Scrub(body[5..]);
                    break;
                case Alpn:
                    if (length > 2) ScrubNames(body[2..]);
                    break;
                case KeyShare:
                    if (length > 2) ScrubShares(isServer ? body : body[2..]);
                    break;
                case PreSharedKey:
                    if (!isServer) ScrubTickets(body);
                    break;
                case Cookie:
                    if (length > 2) key.Replace(body[2..]);
                    break;
                default:
                    if (!Kept.Contains(type)) key.Replace(body[Math.Min(Flags.GetValueOrDefault(type), length)..]);
                    break;
            }

            list = list[(4 + length)..];
        }
    }

    // Of protocols, each behind its length (RFC 7301 section 3.1).
    private void ScrubNames(Span<byte> names)
    {
        while (names.Length > 1)
        {
            int length = Math.Min(names[0], names.Length - 1);
            text.Scrub(names.Slice(1, length));
            names = names[(1 + length)..];
        }
    }

    private void ScrubShares(Span<byte> shares)
    {
        while (shares.Length > 4)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(shares[2..]), shares.Length - 4);
            key.Replace(shares.Slice(4, length));
            shares = shares[(4 + length)..];
        }
    }

    // Identities with their ages, then as many binders (RFC 8446 section 4.2.11).
    private void ScrubTickets(Span<byte> body)
    {
        if (body.Length < 2) return;
        int end = Math.Min(2 + BinaryPrimitives.ReadUInt16BigEndian(body), body.Length);
        Span<byte> identities = body[2..end];
        while (identities.Length > 2)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(identities), identities.Length - 2);
            key.Replace(identities.Slice(2, length));
            identities = identities[Math.Min(2 + length, identities.Length)..];
            if (identities.Length < 4) break;
            key.Replace(identities[..4]);
            identities = identities[4..];
        }

        Span<byte> binders = body[Math.Min(end + 2, body.Length)..];
        while (binders.Length > 1)
        {
            int length = Math.Min(binders[0], binders.Length - 1);
            key.Replace(binders.Slice(1, length));
            binders = binders[(1 + length)..];
        }
    }
}
