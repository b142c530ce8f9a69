using System.IO.Compression;
using CsCheck;
using Trama.Scrubbing.Content;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;
using ZstdSharp;

namespace Trama.Scrubbing.Tests;

public class FillerTests
{
    private const int Largest = 140_000;

    [Fact]
    public void Filler_of_brotli_can_be_decompressed() => Rooms(5).Sample(room =>
    {
        RawFiller.Brotli(room, ScrubKey.OfSeed(1));
        using var brotli = new BrotliStream(new MemoryStream(room), CompressionMode.Decompress);
        using var said = new MemoryStream();
        brotli.CopyTo(said);
        return said.Length > 0 && said.Length > room.Length - 32 && said.ToArray().All(letter => letter is >= (byte)'b' and <= (byte)'z');
    });

    [Fact]
    public void Filler_of_zstd_can_be_decompressed() => Rooms(9).Sample(room =>
    {
        RawFiller.Zstd(room, ScrubKey.OfSeed(1));
        using var zstd = new DecompressionStream(new MemoryStream(room));
        using var said = new MemoryStream();
        zstd.CopyTo(said);
        return said.Length > room.Length - 32 && said.ToArray().All(letter => letter is >= (byte)'b' and <= (byte)'z');
    });

    [Theory, InlineData(0x07), InlineData(0x90)]
    public void Long_runs_are_measured_in_one_go(byte value)
    {
        // A zero now and then: from each one could measure anew.
        byte[] bytes = [.. Enumerable.Range(0, 2_000_000).Select(at => at % 10 == 0 ? (byte)0 : value)];
        ScrubKey key = ScrubKey.OfSeed(1);
        var addresses = new AddressMap(key);
        var text = new TextScrubber(key, addresses);
        new BinaryScrubber(key, text, addresses, new SeenAddresses()).Scrub(bytes, ScrubCare.None);
        Assert.Equal(value == 0x90, bytes[1000..2000].Any(now => now is not (0 or 7 or 0x90)));
    }

    private static Gen<byte[]> Rooms(int fewest) => Gen.OneOf(Gen.Int[fewest, 64], Gen.Int[65_530, 65_560], Gen.Int[131_060, Largest])
        .Select(length => new byte[length]);
}
