namespace Trama.Scrubbing.Mapping;

/// <summary>
/// Maps addresses so that two that share their first N bits, and no more, still do: whether a bit is turned depends on the bits before it
/// (the scheme of Crypto-PAn). What an address is for is kept: private, link-local, loopback and multicast ones stay such.
/// </summary>
/// <param name="key">The key.</param>
/// <param name="purpose">Which addresses.</param>
/// <param name="kept">Prefixes that stay as they are: the bytes, and how many bits of them.</param>
internal sealed class PrefixMap(ScrubKey key, ScrubPurpose purpose, params (byte[] Prefix, int Bits)[] kept)
{
    /// <summary>Puts in the place of an address its stand-in.</summary>
    public void Map(Span<byte> address)
    {
        Span<byte> original = stackalloc byte[16];
        original = original[..address.Length];
        address.CopyTo(original);
        Span<byte> before = stackalloc byte[18];
        for (int octet = 0; octet < address.Length; octet++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                int depth = 8 * octet + bit;
                if (IsKept(original, depth)) continue;
                // All bits before, then which bit of the octet it is.
                original[..octet].CopyTo(before);
                before[octet] = (byte)(original[octet] >> (8 - bit));
                before[octet + 1] = (byte)bit;
                if ((key.Hash(purpose, before[..(octet + 2)]) & 1) != 0) address[octet] ^= (byte)(0x80 >> bit);
            }
        }
    }

    private bool IsKept(ReadOnlySpan<byte> address, int depth)
    {
        foreach ((byte[] prefix, int bits) in kept)
        {
            if (depth < bits && SharedBits(address, prefix) >= depth) return true;
        }

        return false;
    }

    private static int SharedBits(ReadOnlySpan<byte> address, ReadOnlySpan<byte> prefix)
    {
        int same = address.CommonPrefixLength(prefix);
        if (same == prefix.Length) return 8 * same;
        return 8 * same + System.Numerics.BitOperations.LeadingZeroCount((uint)(address[same] ^ prefix[same])) - 24;
    }
}
