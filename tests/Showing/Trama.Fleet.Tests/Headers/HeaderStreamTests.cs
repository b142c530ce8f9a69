using Trama.Captures;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Packets.Decoding;
using Record = Trama.Packets.Record;

namespace Trama.Fleet.Tests.Headers;

/// <summary>What the ring gives back is what was on the wire, without what the programs said.</summary>
public sealed class HeaderStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Captures =>
    [
        .. ((string[])["faults", "protocols", "captures"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestData.Root, "tests", "data", folder), "*.pcap*",
                SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Path.Combine(TestData.Root, "tests", "data"), path))
            .Order(StringComparer.Ordinal).Take(60),
    ];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Captures))]
    public void Headers_come_back_as_they_were_and_nothing_else(string capture)
    {
        string path = TestData.Shared(capture);
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            var kept = new List<(long At, int Length, byte[] Bytes)>();
            using (var ring = new HeaderRing(folder, 1 << 30))
            {
                var decoder = new SegmentDecoder();
                using CaptureFile file = CaptureFile.Open(path);
                int count = 0;
                while (file.TryRead(out Record record))
                {
                    ring.Add(record);
                    if (decoder.Decode(record, out TcpSegment segment) == Decoded.Segment
                        && (segment.Payload.IsEmpty || record.Bytes.Overlaps(segment.Payload)))
                        kept.Add((record.Timestamp.Nanoseconds, record.OriginalLength, record.Bytes.ToArray()));
                    if (++count % 7 == 0) ring.Keep();
                }
            }

            int at = 0;
            var again = new SegmentDecoder();
            using CaptureFile headers = CaptureFile.Open(new HeaderStream(folder));
            while (headers.TryRead(out Record record))
            {
                if (again.Decode(record, out TcpSegment segment) != Decoded.Segment) continue;
                (long time, int length, byte[] bytes) = kept[at++];
                Assert.Equal((time, length), (record.Timestamp.Nanoseconds, record.OriginalLength));
                Assert.True(bytes.AsSpan().StartsWith(record.Bytes));
                Assert.True(segment.Payload.IsEmpty);
            }

            Assert.Equal(kept.Count, at);
        }
    }

    [Fact]
    public void Beyond_its_limit_the_oldest_go_and_a_time_is_found()
    {
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            using var ring = new HeaderRing(folder, 3 << 20);
            byte[] packet = Syn();
            var random = new Random(1);
            for (int i = 0; i < 400_000; i++)
            {
                // What does not repeat does not get small: ports, sequence numbers and checksums.
                random.NextBytes(packet.AsSpan(34, 10));
                ring.Add(new Record(new Timestamp(i * 1000L), LinkType.Ethernet, packet, packet.Length));
            }

            ring.Keep();
            long size = Directory.EnumerateFiles(folder.Headers).Sum(path => new FileInfo(path).Length);
            Assert.InRange(size, 1 << 20, 5 << 20);
            Assert.True(ring.Bytes > size);
            Assert.Equal((399_000_000, 399_001_000, 2), Span(new HeaderStream(folder, 399_000_000, 399_001_000)));
            Assert.Equal(0, Span(new HeaderStream(folder, 0, 1000)).Count);
        }
    }

    [Fact]
    public void A_slice_that_was_cut_gives_what_is_whole()
    {
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            byte[] packet = Syn();
            for (int run = 0; run < 2; run++)
            {
                using (var ring = new HeaderRing(folder, 1 << 30))
                {
                    for (int i = 0; i < 30; i++)
                    {
                        ring.Add(new Record(new Timestamp(run * 1000 + i), LinkType.Ethernet, packet, packet.Length));
                        if (i % 10 == 9) ring.Keep();
                    }
                }

                string latest = Directory.EnumerateFiles(folder.Headers).Order(StringComparer.Ordinal).Last();
                using FileStream slice = File.OpenWrite(latest);
                slice.SetLength(slice.Length - 1);
            }

            Assert.Equal((0, 1019, 40), Span(new HeaderStream(folder)));
        }
    }

    [Fact]
    public void A_slice_with_a_changed_bit_lacks_the_block_that_has_it()
    {
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            byte[] packet = Syn();
            using (var ring = new HeaderRing(folder, 1 << 30))
            {
                for (int i = 0; i < 30; i++)
                {
                    ring.Add(new Record(new Timestamp(i), LinkType.Ethernet, packet, packet.Length));
                    if (i % 10 == 9) ring.Keep();
                }
            }

            string slice = Assert.Single(Directory.EnumerateFiles(folder.Headers));
            byte[] bytes = File.ReadAllBytes(slice);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(slice, bytes);
            Assert.Equal((0, 29, 20), Span(new HeaderStream(folder)));
        }
    }

    [Fact]
    public void Of_a_share_of_connections_all_packets_are_kept()
    {
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            const int connections = 400, packets = 6;
            using var ring = new HeaderRing(folder, 1 << 30) { Share = 4 };
            byte[] packet = Syn();
            for (int i = 0; i < connections * packets; i++)
            {
                int port = 40_000 + (i % connections);
                bool isReply = i / connections % 2 != 0;
                packet.AsSpan(26, 12).Clear();
                packet[isReply ? 29 : 33] = 1;
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(isReply ? 36 : 34), (ushort)port);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(isReply ? 34 : 36), 80);
                ring.Add(new Record(new Timestamp(i), LinkType.Ethernet, packet, packet.Length));
            }

            ring.Keep();
            var kept = new Dictionary<int, int>();
            using CaptureFile file = CaptureFile.Open(new HeaderStream(folder));
            var decoder = new SegmentDecoder();
            while (file.TryRead(out Record record))
            {
                Assert.Equal(Decoded.Segment, decoder.Decode(record, out TcpSegment segment));
                int port = Math.Max(segment.Source.Port, segment.Destination.Port);
                kept[port] = kept.GetValueOrDefault(port) + 1;
            }

            Assert.All(kept.Values, count => Assert.Equal(packets, count));
            Assert.InRange(kept.Count, connections / 8, connections / 2);
            Assert.Equal((connections - kept.Count) * packets, ring.LeftOut);
        }
    }

    private static (long First, long Last, int Count) Span(Stream stream)
    {
        using CaptureFile file = CaptureFile.Open(stream);
        (long first, long last, int count) = (0, 0, 0);
        while (file.TryRead(out Record record))
        {
            if (count++ == 0) first = record.Timestamp.Nanoseconds;
            last = record.Timestamp.Nanoseconds;
        }

        return (first, last, count);
    }

    // Ethernet, IPv4 and TCP with SYN, 54 bytes.
    private static byte[] Syn()
    {
        byte[] packet = new byte[54];
        packet[12] = 8;
        packet[14] = 0x45;
        packet[17] = 40;
        packet[22] = 64;
        packet[23] = 6;
        packet[46] = 0x50;
        packet[47] = 2;
        return packet;
    }
}
