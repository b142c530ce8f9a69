using System.Text;
using Trama.Captures.Files;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.EndToEnd.Tests;

/// <summary>A file that was written a moment ago has nothing to wait for: what is said in it ends where it ends in it, whatever the clock
/// shows while it is read.</summary>
public class WrittenFileTests
{
    private const int Replies = 5;

    // From the capture's last packet to now, in milliseconds.
    [Theory, InlineData(200), InlineData(-1_000_000_000)]
    public async Task Nothing_is_cut_by_the_clock(long agoMs)
    {
        string path = Captures.Temporary("fresh.pcap", Make(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - agoMs));
        for (int threads = 1; threads <= 3; threads++)
        {
            TramaProcess.Ended ended = await TramaProcess.RunAsync(["trace", path, "--framing", "turns", "--threads", $"{threads}"]);
            Assert.Equal((0, Replies), (ended.Code, ended.Output.TrimEnd('\n').Split('\n').Length));
        }
    }

    // Replies of several blocks of the file each, with half a second between them.
    private static byte[] Make(long lastMs)
    {
        const int Piece = 1000, Pieces = 2000;
        long ns = (lastMs - (500 * (Replies + 1))) * 1_000_000;
        using var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, LinkType.Raw, nanoseconds: true))
        {
            SyntheticConversation talk = new SyntheticCapture((in Packets.Record record) => writer.Write(record)).Begin(
                new Endpoint(IpAddress.FromBytes([192, 0, 2, 1]), 40_000), new Endpoint(IpAddress.FromBytes([192, 0, 2, 2]), 9999));
            talk.Ask(At());
            talk.Accept(At(), At());
            byte[] piece = new byte[Piece];
            for (int reply = 0; reply < Replies; reply++)
            {
                talk.Say(byClient: true, Encoding.ASCII.GetBytes($"ask {reply}\n"), At());
                for (int i = 0; i < Pieces; i++) talk.Say(byClient: false, piece, At());
                ns += 500_000_000;
            }
        }

        return stream.ToArray();

        Timestamp At() => new(ns += 1000);
    }
}
