using System.Buffers;
using System.IO.Compression;
using CsCheck;
using Trama.Framing.Inflating;

namespace Trama.Framing.Tests.Bodies;

/// <summary>Deflate, with the runtime's compressor as the judge.</summary>
public class InflaterTests
{
    private static readonly Gen<byte[]> Texts = Gen.OneOf(
        Gen.Byte.Array[0, 3000],
        Gen.Byte[97, 100].Array[0, 5000],
        Gen.Select(Gen.Byte.Array[1, 40], Gen.Int[1, 3000])
            .Select((word, times) => Enumerable.Repeat(word, times).SelectMany(one => one).ToArray()));

    [Fact]
    public void What_was_compressed_comes_out_wherever_it_is_cut() =>
        Gen.Select(Texts, Gen.Enum<CompressionLevel>(), Gen.Int[1, 2000]).Sample((text, level, piece) =>
        {
            (byte[] output, InflateStatus status) = Inflate(Deflated(text, level), piece);
            Assert.Equal(InflateStatus.Done, status);
            Assert.Equal(text, output);
        });

    [Fact]
    public void Bytes_behind_the_end_are_given_back() => Gen.Select(Texts, Gen.Byte.Array[0, 20]).Sample((text, behind) =>
    {
        byte[] all = [.. Deflated(text, CompressionLevel.Optimal), .. behind];
        var inflater = new Inflater();
        ReadOnlySpan<byte> rest = all;
        InflateStatus status;
        while ((status = inflater.Next(ref rest, out _)) == InflateStatus.MoreOutput)
        {
            // Only the end is of interest.
        }

        Assert.Equal(InflateStatus.Done, status);
        Span<byte> returned = stackalloc byte[8];
        int count = inflater.Return(returned);
        byte[] given = [.. returned[..count], .. rest];
        Assert.Equal(behind, given);
    });

    [Fact]
    public void A_bit_that_flips_does_no_harm() =>
        Gen.Select(Texts, Gen.Int, Gen.Int[0, 7], Gen.Int[1, 500]).Sample((text, at, bit, piece) =>
        {
            byte[] bytes = Deflated(text, CompressionLevel.Optimal);
            bytes[(int)((uint)at % bytes.Length)] ^= (byte)(1 << bit);
            // It ends, and gives no more than the format allows for as many bytes.
            Assert.InRange(Inflate(bytes, piece).Output.Length, 0, bytes.Length * 1040);
        });

    [Fact]
    public void Anything_ends() => Gen.Byte.Array[0, 200].Sample(bytes => Inflate(bytes, 7).Output.Length <= bytes.Length * 1040);

    [Theory]
    [InlineData("07", InflateStatus.Malformed)] // a block of a type that there is not
    [InlineData("0100000000", InflateStatus.Malformed)] // a stored length that its complement does not confirm
    [InlineData("010000ffff", InflateStatus.Done)]
    [InlineData("0100", InflateStatus.NeedMore)]
    [InlineData("63001200", InflateStatus.Malformed)] // a distance beyond what was said
    public void Blocks_are_what_the_format_says(string hex, object status) =>
        Assert.Equal(status, Inflate(Convert.FromHexString(hex), 100).Status);

    private static byte[] Deflated(byte[] text, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new DeflateStream(compressed, level, leaveOpen: true)) deflate.Write(text);
        byte[] bytes = compressed.ToArray();
        // The runtime writes nothing at all for nothing.
        return bytes.Length == 0 ? [1, 0, 0, 0xff, 0xff] : bytes;
    }

    private static (byte[] Output, InflateStatus Status) Inflate(byte[] bytes, int piece)
    {
        var inflater = new Inflater();
        var output = new ArrayBufferWriter<byte>();
        InflateStatus status = InflateStatus.NeedMore;
        foreach (byte[] next in bytes.Chunk(piece))
        {
            ReadOnlySpan<byte> rest = next;
            do
            {
                status = inflater.Next(ref rest, out ReadOnlySpan<byte> said);
                output.Write(said);
            }
            while (status == InflateStatus.MoreOutput);
            if (status != InflateStatus.NeedMore) break;
            Assert.True(rest.IsEmpty);
        }

        return (output.WrittenSpan.ToArray(), status);
    }
}
