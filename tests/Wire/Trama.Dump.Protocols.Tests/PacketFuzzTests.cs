using Trama.Captures;
using Trama.Dump.Protocols.Tests.Reference;
using Trama.Packets;
using PacketRecord = Trama.Packets.Record;

namespace Trama.Dump.Protocols.Tests;

/// <summary>
/// Prints packets that were spoiled at random. <c>TRAMA_FUZZ_SECONDS</c> makes the run longer and <c>TRAMA_FUZZ_SEED</c> another one;
/// without them it is the same short run each time.
/// </summary>
public class PacketFuzzTests
{
    private static readonly LinkType[] LinkTypes = Enum.GetValues<LinkType>();

    [Fact]
    public void Prints_any_bytes_to_an_end_and_nothing_a_terminal_obeys()
    {
        var random = new Random(NumberFrom("TRAMA_FUZZ_SEED", 1));
        List<byte[]> seeds = Seeds();
        var printers = Variant.All.Select(variant => variant.Options with { Verbosity = random.Next(4) }).Select(options =>
        {
            var output = new LineWriter();
            return (Output: output, Printer: new PacketPrinter(options, output, ProtocolPrinters.Create()));
        }).ToList();
        long end = Environment.TickCount64 + NumberFrom("TRAMA_FUZZ_SECONDS", 0) * 1000L;
        for (int round = 0; round < 20_000 || Environment.TickCount64 < end; round++)
        {
            byte[] packet = Spoil(random, seeds[random.Next(seeds.Count)]);
            LinkType linkType = random.Next(4) == 0 ? LinkTypes[random.Next(LinkTypes.Length)] : LinkType.Ethernet;
            var (output, printer) = printers[random.Next(printers.Count)];
            output.Clear();
            try
            {
                printer.Print(new PacketRecord(new Timestamp(round), linkType, packet, packet.Length + random.Next(3) * 40), round + 1);
            }
            catch (Exception error)
            {
                Assert.Fail($"{linkType} {Convert.ToHexString(packet)}: {error}");
            }

            int obeyed = output.Written.IndexOfAnyExcept(Harmless);
            if (obeyed >= 0) Assert.Fail($"0x{output.Written[obeyed]:x2} on the line of {linkType} {Convert.ToHexString(packet)}");
            if (output.Length > 64 * packet.Length + 65_536) Assert.Fail(
                $"{output.Length} bytes for {linkType} {Convert.ToHexString(packet)}");
        }
    }

    private static readonly System.Buffers.SearchValues<byte> Harmless =
        System.Buffers.SearchValues.Create([(byte)'\n', (byte)'\t', .. Enumerable.Range(0x20, 0x5f).Select(value => (byte)value)]);

    private static int NumberFrom(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out int value) ? value : otherwise;

    private static byte[] Spoil(Random random, byte[] seed)
    {
        byte[] packet = seed[..random.Next(1, seed.Length + 1)];
        if (random.Next(2) == 0) packet = [.. seed];
        for (int left = random.Next(1, 8); left > 0; left--)
        {
            int at = random.Next(Math.Min(packet.Length, random.Next(2) == 0 ? 64 : int.MaxValue));
            packet[at] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xff,
                2 => (byte)(packet[at] ^ 1 << random.Next(8)),
                _ =>
                (byte)random.Next(256)
            };
        }

        return packet;
    }

    /// <summary>Packets of the reference captures, some of each.</summary>
    private static List<byte[]> Seeds()
    {
        var seeds = new List<byte[]>();
        string folder = TestData.Shared("captures");
        foreach (string capture in Comparison.CapturesIn(folder))
        {
            using CaptureFile file = CaptureFile.Open(capture);
            for (int count = 0; count < 12 && file.TryRead(out PacketRecord record); count++)
            {
                if (record.Bytes.Length > 0) seeds.Add(record.Bytes[..Math.Min(record.Bytes.Length, 1600)].ToArray());
            }
        }

        var random = new Random(2);
        for (int i = 0; i < 200; i++)
        {
            byte[] bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            seeds.Add(bytes);
        }

        return seeds;
    }
}
