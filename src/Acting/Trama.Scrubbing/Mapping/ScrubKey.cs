using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Trama.Scrubbing.Mapping;

/// <summary>
/// The key of a scrub: what stands for what depends on it alone, and nobody can find it from what was written. A pseudorandom function
/// (SipHash-2-4) of 128 bits.
/// </summary>
public sealed class ScrubKey
{
    private readonly ulong _low, _high;

    private ScrubKey(ulong low, ulong high) => (_low, _high) = (low, high);

    /// <summary>A key that nobody had before and that is forgotten with this object.</summary>
    public static ScrubKey New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        return new ScrubKey(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    /// <summary>The key of a number, which everybody can try: for tests.</summary>
    public static ScrubKey OfSeed(ulong seed) => new(seed, ~seed);

    /// <summary>64 bits that depend on the key, a purpose and some bytes.</summary>
    public ulong Hash(ScrubPurpose purpose, ReadOnlySpan<byte> about, int round = 0)
    {
        ulong v0 = _low ^ 0x736f6d6570736575, v1 = _high ^ 0x646f72616e646f6d;
        ulong v2 = _low ^ 0x6c7967656e657261, v3 = _high ^ 0x7465646279746573;
        Mix((ulong)purpose << 32 | (uint)round);
        int length = about.Length;
        for (; about.Length >= sizeof(ulong); about = about[sizeof(ulong)..]) Mix(BinaryPrimitives.ReadUInt64LittleEndian(about));
        ulong last = (ulong)length << 56;
        for (int at = 0; at < about.Length; at++) last |= (ulong)about[at] << (8 * at);
        Mix(last);
        v2 ^= 0xff;
        for (int count = 0; count < 4; count++) Turn();
        return v0 ^ v1 ^ v2 ^ v3;

        void Mix(ulong word)
        {
            v3 ^= word;
            Turn();
            Turn();
            v0 ^= word;
        }

        void Turn()
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }

    /// <summary>Puts in the place of bytes others that depend on them: the same for the same. Only zeros stay.</summary>
    public void Replace(Span<byte> bytes)
    {
        if (!bytes.ContainsAnyExcept((byte)0)) return;
        Fill(Hash(ScrubPurpose.Filler, bytes), bytes);
    }

    /// <summary>Fills bytes from a hash.</summary>
    public void Fill(ulong hash, Span<byte> bytes)
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, hash);
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int round = 0; !bytes.IsEmpty; round++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Hash(ScrubPurpose.Filler, seed, round + 1));
            int count = Math.Min(bytes.Length, word.Length);
            word[..count].CopyTo(bytes);
            bytes = bytes[count..];
        }
    }
}
