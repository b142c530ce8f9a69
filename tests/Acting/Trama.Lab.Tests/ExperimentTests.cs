using System.Text.Json.Nodes;
using Trama.Captures;
using Trama.Lab.Experiments;
using Trama.Lab.Faults;
using Trama.Namespaces;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Record = Trama.Packets.Record;

namespace Trama.Lab.Tests;

/// <summary>Whole experiments, in network namespaces. What depends on the machine's speed alone is tried again.</summary>
public sealed class ExperimentTests : IDisposable
{
    private const int Attempts = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("trama-lab-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_healthy_exchange_shows_the_same_segments_at_both_ends()
    {
        JsonNode truth = Run(Clean.Single);
        Assert.Equal("answered", (string?)truth["connections"]![0]!["exchanges"]![0]!["outcome"]);
        List<TcpFlags> client = Flags("client.pcap");
        Assert.Equal(client.Order(), Flags("server.pcap").Order());
        Assert.Equal([TcpFlags.Syn, TcpFlags.Syn | TcpFlags.Ack, TcpFlags.Ack], client[..3]);
    }

    [Fact]
    public void A_forged_reset_reaches_both_ends_and_neither_sent_it()
    {
        JsonNode truth = Run(MiddleboxReset.Forward);
        Assert.Equal("ECONNRESET", (string?)truth["connections"]![0]!["client_outcome"]);
        Assert.Single(Flags("client.pcap"), flags => (flags & TcpFlags.Rst) != 0);
        Assert.Single(Flags("server.pcap"), flags => (flags & TcpFlags.Rst) != 0);
    }

    [Fact]
    public void A_refused_SYN_is_answered_with_RST()
    {
        JsonNode truth = Run(ConnectionRefused.Draw);
        Assert.Equal("server", (string?)truth["party"]);
        List<TcpFlags> flags = Flags("client.pcap");
        Assert.Equal(flags.Count(seen => seen == TcpFlags.Syn), flags.Count(seen => (seen & TcpFlags.Rst) != 0));
    }

    [Fact]
    public void A_capture_at_a_mirror_port_has_every_packet_twice()
    {
        _ = Run(CleanTraffic.Mirrored);
        List<TcpFlags> flags = Flags("client.pcap");
        Assert.Equal([TcpFlags.Syn, TcpFlags.Syn], flags[..2]);
        Assert.Equal(2, flags.Count(seen => seen == TcpFlags.Syn));
        Assert.Equal(0, flags.Count % 2);
    }

    [Fact]
    public void A_request_that_crosses_the_close_is_answered_with_RST()
    {
        JsonNode truth = Run(Idleness.Crossing);
        Assert.Equal("server", (string?)truth["party"]);
        List<TcpFlags> flags = Flags("server.pcap");
        int fin = flags.FindIndex(seen => (seen & TcpFlags.Fin) != 0), reset = flags.FindIndex(seen => (seen & TcpFlags.Rst) != 0);
        Assert.InRange(fin, 1, reset - 1);
    }

    [Fact]
    public void A_connection_that_goes_on_from_another_port_is_reset_by_the_servers_own_host()
    {
        _ = Run(Numbers.OtherPort);
        List<TcpFlags> server = Flags("server.pcap");
        Assert.Single(server, flags => flags == TcpFlags.Syn);
        Assert.Contains(TcpFlags.Rst, server);
    }

    [Fact]
    public void Data_of_a_SYN_that_is_not_taken_is_sent_again()
    {
        JsonNode truth = Run(Openings.Early);
        Assert.Equal("answered", (string?)truth["connections"]![0]!["exchanges"]![0]!["outcome"]);
    }

    private JsonNode Run(Func<Dice, Plan> draw)
    {
        for (int seed = 1; ; seed++)
        {
            var dice = new Dice(seed);
            Plan plan = draw(dice);
            plan = plan with
            {
                Around = plan.Around with
                {
                    Company = false,
                    Capture = plan.Around.Capture
                with
                    { BeginsAfterPackets = 0 }
                }
            };
            IReadOnlyList<Check> checks;
            try
            {
                checks = new Experiment(plan, dice).Run(_folder, "test").Checks;
            }
            catch (NamespaceException error)
            {
                Assert.Skip($"no network of its own: {error.Message}");
                throw;
            }

            if (checks.All(check => check.Holds)) return JsonNode.Parse(File.ReadAllBytes(Path.Combine(_folder, "truth.json")))!;
            Assert.True(seed < Attempts, string.Join("; ", checks.Where(check => !check.Holds)));
        }
    }

    private List<TcpFlags> Flags(string name)
    {
        using var file = CaptureFile.Open(Path.Combine(_folder, name));
        var decoder = new SegmentDecoder();
        List<TcpFlags> flags = [];
        while (file.TryRead(out Record record))
        {
            if (decoder.Decode(record, out TcpSegment segment) == Decoded.Segment) flags.Add(segment.Flags & ~TcpFlags.Psh);
        }

        return flags;
    }
}
