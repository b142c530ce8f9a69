using System.Buffers.Binary;
using CsCheck;
using Trama.Packets.Network;

namespace Trama.Packets.Tests;

public sealed class InternetChecksumTests
{
    // RFC 1071 section 3, the numerical example: the sum is ddf2.
    [Fact]
    public void Is_that_of_the_example() =>
        Assert.Equal((ushort)0x220d, new InternetChecksum().Add([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]).Value);

    [Fact]
    public void Is_the_sum_of_words_whatever_their_number() =>
        Gen.Byte.Array[0, 300].Sample(bytes => Assert.Equal(WordByWord(bytes), new InternetChecksum().Add(bytes).Value));

    [Fact]
    public void Is_the_same_in_pieces() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 150]).Sample((bytes, at) =>
    {
        int even = Math.Min(at * 2, bytes.Length & ~1);
        InternetChecksum inPieces = new InternetChecksum().Add(bytes.AsSpan(0, even)).Add(bytes.AsSpan(even));
        Assert.Equal(new InternetChecksum().Add(bytes).Value, inPieces.Value);
    });

    [Theory]
    [InlineData(65_535)]
    [InlineData(1 << 20)]
    public void Of_the_largest_words_it_does_not_overflow(int length)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(0xff);
        Assert.Equal(WordByWord(bytes), new InternetChecksum().Add(bytes).Value);
    }

    private static ushort WordByWord(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length >= 2; bytes = bytes[2..]) sum = Carried(sum + BinaryPrimitives.ReadUInt16BigEndian(bytes));
        if (bytes.Length == 1) sum = Carried(sum + ((uint)bytes[0] << 8));
        return (ushort)~sum;

        static uint Carried(uint sum) => (sum & 0xffff) + (sum >> 16);
    }
}
