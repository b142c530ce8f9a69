using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Packets.Decoding;
using Trama.Rows.Journals;
using Trama.Tracing;
using Record = Trama.Packets.Record;

namespace Trama.Fleet.Tests.Headers;

/// <summary>What is kept of packets says of a fault what the packets say.</summary>
public sealed class DiagnosisFromHeadersTests : IDisposable
{
    private const double MostDiffer = 0.02;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_verdict_is_that_from_the_packets()
    {
        string[] captures = [.. Directory.EnumerateFiles(TestData.Shared("faults"), "client.pcap", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];
        var different = new List<string>();
        foreach (string path in captures)
        {
            string folder = _folder[$"store{Array.IndexOf(captures, path)}"];
            Keep(path, folder, payloadHead: 0);
            using CaptureFile packets = CaptureFile.Open(path), kept = CaptureFile.Open(new HeaderStream(StoreFolder.Open(folder)));
            (string direct, string again) = (Verdict(packets), Verdict(kept));
            if (direct != again) different.Add($"{path}: {direct}, from headers {again}");
        }

        Assert.NotEmpty(captures);
        Assert.True(different.Count <= captures.Length * MostDiffer, string.Join('\n', different));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Of_a_payload_facts_and_checksum_are_left(bool hashes)
    {
        string path = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap");
        Keep(path, _folder["store"], payloadHead: 0, hashes);
        var expected = new List<(ulong, uint?)>();
        var decoder = new SegmentDecoder();
        using (CaptureFile file = CaptureFile.Open(path))
        {
            while (file.TryRead(out Record record))
                if (decoder.Decode(record, out TcpSegment segment) == Decoded.Segment && segment.PayloadLength > 0) expected.Add(
                    (PayloadFacts.Of(segment.Payload, segment.PayloadLength).Note, hashes ? Frame.Checksum(segment.Payload) : null));
        }

        var found = new List<(ulong, uint?)>();
        using CaptureFile kept = CaptureFile.Open(new HeaderStream(StoreFolder.Open(_folder["store"])));
        while (kept.TryRead(out Record record))
        {
            if (record.PayloadNote == 0) continue;
            // The option: code and length, the facts, the checksum.
            ReadOnlySpan<byte> value = record.Notes.Options.Slice(4, record.Notes.Options[2]);
            Assert.Equal(record.PayloadNote, BitConverter.ToUInt64(value));
            found.Add((record.PayloadNote, value.Length == 12 ? BitConverter.ToUInt32(value[8..]) : null));
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void As_much_of_each_payload_is_kept_as_is_asked_for()
    {
        string path = Path.Combine(TestData.Root, "tests/Trama.EndToEnd.Tests/captures/lesson.pcap");
        Keep(path, _folder["store"], payloadHead: 5);
        var decoder = new SegmentDecoder();
        var said = new List<string>();
        using CaptureFile kept = CaptureFile.Open(new HeaderStream(StoreFolder.Open(_folder["store"])));
        while (kept.TryRead(out Record record))
            if (decoder.Decode(record, out TcpSegment segment) == Decoded.Segment && segment.PayloadLength > 0)
                said.Add(System.Text.Encoding.Latin1.GetString(segment.Payload));
        Assert.Contains("Mensa", said);
        Assert.All(said, text => Assert.Equal(5, text.Length));
    }

    private static void Keep(string path, string folder, int payloadHead, bool hashes = true)
    {
        StoreFolder store = StoreFolder.Take(folder, out IDisposable held);
        using (held)
        {
            using var ring = new HeaderRing(store, 1 << 30, hashes, payloadHead);
            using CaptureFile file = CaptureFile.Open(path);
            while (file.TryRead(out Record record)) ring.Add(record);
        }
    }

    private static string Verdict(CaptureFile file)
    {
        var diagnoser = new Diagnoser();
        var tracker = new ConnectionTracker(Diagnoser.Options, diagnoser);
        while (file.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        return diagnoser.Conclude(tracker.Totals).Verdict?.Finding is { } finding ? $"{finding.Id} {finding.Party}" : "";
    }
}
