using CsCheck;
using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Captures.Tests.Files;

/// <summary>What is written is read back the same.</summary>
public class RoundTripTests
{
    // Up to 2106, as far as a pcap file's seconds reach.
    private static readonly Gen<KeptRecord> Records =
        from nanoseconds in Gen.Long[0, uint.MaxValue * 1_000_000_000L + 999_999_999]
        from bytes in Gen.Byte.Array[0, 2000]
        from missing in Gen.Int[0, 100_000]
        select new KeptRecord(new Timestamp(nanoseconds), LinkType.Ethernet, bytes, bytes.Length + missing, 0);

    [Fact]
    public void A_pcap_file_with_nanoseconds_gives_back_every_record() =>
        Records.List[0, 50].Sample(records => Assert.Equal(records, KeptRecord.ReadAll(Pcap(records, nanoseconds: true), out _)),
            iter: 200);

    [Fact]
    public void A_pcap_file_with_microseconds_cuts_times_and_nothing_else() =>
        Records.List[0, 50].Sample(
            records => Assert.Equal(records.Select(Microseconds), KeptRecord.ReadAll(Pcap(records, nanoseconds: false), out _)), iter: 200);

    [Fact]
    public void A_pcapng_file_gives_back_every_record() =>
        Records.List[0, 50].Sample(records => Assert.Equal(records, KeptRecord.ReadAll(Pcapng(records), out _)), iter: 200);

    [Fact]
    public void Pcap_to_pcapng_and_back_is_the_same_file()
    {
        byte[] original = OwnCaptures.Bytes("lesson.pcap");
        List<KeptRecord> records = KeptRecord.ReadAll(original, out _);

        byte[] back = Pcap(KeptRecord.ReadAll(Pcapng(records), out _), nanoseconds: false);

        Assert.Equal(original, back);
    }

    [Fact]
    public void Every_form_of_the_lesson_has_the_same_ten_records()
    {
        List<KeptRecord> lesson = KeptRecord.ReadAll(OwnCaptures.Bytes("lesson.pcap"), out _);
        Assert.Equal(10, lesson.Count);
        foreach (string path in OwnCaptures.All)
        {
            using CaptureFile file = CaptureFile.Open(path);
            Assert.Equal(lesson, KeptRecord.ReadAll(file));
            Assert.Equal(CaptureFault.None, file.End?.Fault);
        }
    }

    [Fact]
    public void A_pcapng_file_gives_back_what_is_known_of_its_interfaces()
    {
        CaptureInterface[] interfaces =
        [
            new(LinkType.Ethernet, 262_144) { Name = "eth0", Description = "uplink", Filter = "tcp port 80", OperatingSystem = "Linux",
                IsNanosecond = true },
            new(LinkType.Raw, 96) { Name = "tun1" },
        ];
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, "a test", "a comment"))
        {
            foreach (CaptureInterface each in interfaces) writer.AddInterface(each);
            writer.Write(new Record(new Timestamp(1_500), LinkType.Raw, [0x45, 0, 0], 40, 1), "note: açaí");
        }

        using CaptureFile file = CaptureFile.Open(new MemoryStream(stream.ToArray()));
        KeptRecord record = Assert.Single(KeptRecord.ReadAll(file));
        Assert.Equal(interfaces, file.Interfaces);
        Assert.Equal(new KeptRecord(new Timestamp(1_000), LinkType.Raw, [0x45, 0, 0], 40, 1), record);
    }

    [Fact]
    public void A_pcap_file_refuses_records_of_another_link_type()
    {
        using var writer = new PcapWriter(new MemoryStream(), LinkType.Ethernet);
        CaptureException error = Assert.Throws<CaptureException>(() => writer.Write(new Record(default, LinkType.Raw, [0x45], 1)));
        Assert.Equal(CaptureFailure.NotSupported, error.Failure);
        Assert.Contains("EN10MB", error.Detail, StringComparison.Ordinal);
    }

    internal static byte[] Pcap(IEnumerable<KeptRecord> records, bool nanoseconds)
    {
        var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, LinkType.Ethernet, nanoseconds: nanoseconds))
            foreach (KeptRecord record in records) writer.Write(record.AsRecord());
        return stream.ToArray();
    }

    internal static byte[] Pcapng(IEnumerable<KeptRecord> records)
    {
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, "a test"))
        {
            writer.AddInterface(new CaptureInterface(LinkType.Ethernet, 262_144) { IsNanosecond = true });
            foreach (KeptRecord record in records) writer.Write(record.AsRecord());
        }

        return stream.ToArray();
    }

    private static KeptRecord Microseconds(KeptRecord record) =>
        record with { Timestamp = new Timestamp(record.Timestamp.Nanoseconds / 1000 * 1000) };
}
