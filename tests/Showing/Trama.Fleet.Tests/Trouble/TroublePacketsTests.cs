using System.Buffers.Binary;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Storing;
using Trama.Fleet.Trouble;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Record = Trama.Packets.Record;

namespace Trama.Fleet.Tests.Trouble;

/// <summary>Around trouble, the packets of its connection are kept whole.</summary>
public sealed class TroublePacketsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Those_of_the_connection_alone_are_kept_and_the_oldest_files_make_room()
    {
        StoreFolder folder = StoreFolder.Take(_folder["store"], out IDisposable held);
        using (held)
        {
            var packets = new TroublePackets(folder, limit: 20_000, memory: 4 << 20) { Failed = why => Assert.Fail(why) };
            Endpoint client = default, server = default;
            var decoder = new SegmentDecoder();
            for (int i = 0; i < 100; i++)
            {
                byte[] bytes = Packet((ushort)(1000 + (i % 2)), i);
                var record = new Record(new Timestamp(i), LinkType.Ethernet, bytes, bytes.Length);
                packets.Add(record);
                Assert.Equal(Decoded.Segment, decoder.Decode(record, out TcpSegment segment));
                if (i == 0) (client, server) = (segment.Source, segment.Destination);
            }

            for (int number = 1; number <= 5; number++)
            {
                packets.Found(new ConnectionDiagnosis(number, client, server) { OpenedAt = new Timestamp(10) }, "no-reply");
                packets.Wait();
            }

            string[] files = [.. Directory.EnumerateFiles(folder.Packets).Order(StringComparer.Ordinal)];
            Assert.InRange(files.Sum(file => new FileInfo(file).Length), 1, 20_000);
            Assert.EndsWith("-5-no-reply.pcapng", files[^1], StringComparison.Ordinal);
            using CaptureFile file = CaptureFile.Open(files[^1]);
            var at = new List<long>();
            while (file.TryRead(out Record record))
            {
                at.Add(record.Timestamp.Nanoseconds);
                Assert.Equal((byte)'x', record.Bytes[^1]);
            }

            Assert.Equal(Enumerable.Range(5, 45).Select(i => 2L * i), at);
            Assert.Equal(0, packets.LeftOut);
        }
    }

    // Ethernet, IPv4, TCP and 60 bytes.
    private static byte[] Packet(ushort port, int sequence)
    {
        byte[] packet = new byte[54 + 60];
        Array.Fill(packet, (byte)'x', 54, 60);
        (packet[12], packet[14], packet[17], packet[22], packet[23], packet[46], packet[47]) = (8, 0x45, 100, 64, 6, 0x50, 0x18);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(34), port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), 80);
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(38), sequence * 60);
        return packet;
    }
}
