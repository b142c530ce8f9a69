using Trama.Diagnosis.Joined;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Joining;
using Trama.Tracing.Tests.Joining;

namespace Trama.Diagnosis.Tests;

public class JoinedDiagnoserTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const long Ms = 1_000_000;
    private const long Delay = 10 * Ms;

    [Fact]
    public void A_reset_that_never_left_is_the_networks_whatever_it_looks_like()
    {
        var hosts = new TwoHosts();
        Open(hosts);
        hosts.Send(Side.Server, 100 * Ms, Delay, TcpFlags.Rst | TcpFlags.Ack, 5101, 1101, leaves: false);
        hosts.Send(Side.Client, 105 * Ms, Delay, TcpFlags.Ack, 1101, 5101);
        hosts.Send(Side.Server, 120 * Ms, Delay, Data, 5101, 1101, 10);
        Check(FindingId.MiddleboxReset, Party.Network, hosts);
    }

    [Fact]
    public void A_reset_that_left_is_the_servers()
    {
        var hosts = new TwoHosts();
        Open(hosts);
        hosts.Send(Side.Client, 80 * Ms, Delay, Data, 1101, 5101, 100);
        hosts.Send(Side.Server, 100 * Ms, Delay, TcpFlags.Rst | TcpFlags.Ack, 5101, 1201);
        Check(FindingId.ResetByServer, Party.Server, hosts);
    }

    [Theory]
    [InlineData(false, FindingKind.Plain, Party.Network)]
    [InlineData(true, FindingKind.Host, Party.Server)]
    public void Whether_the_syn_arrived_tells_who_filters_it(bool arrives, FindingKind kind, Party party)
    {
        var hosts = new TwoHosts();
        for (int i = 0; i < 3; i++) hosts.Send(Side.Client, i * 1000 * Ms, arrives ? Delay : null, TcpFlags.Syn, 1000, 0);
        Assert.Equal(kind, Check(FindingId.ConnectionFiltered, party, hosts).Kind);
    }

    [Fact]
    public void A_syn_ack_that_left_and_never_arrived_is_filtered_on_the_way_back()
    {
        var hosts = new TwoHosts();
        for (int i = 0; i < 3; i++)
        {
            hosts.Send(Side.Client, i * 1000 * Ms, Delay, TcpFlags.Syn, 1000, 0);
            hosts.Send(Side.Server, i * 1000 * Ms + Delay, null, TcpFlags.Syn | TcpFlags.Ack, 5000, 1001);
        }

        Assert.Equal(FindingKind.ReturnPath, Check(FindingId.ConnectionFiltered, Party.Network, hosts).Kind);
    }

    [Theory]
    [InlineData(false, Party.Server)]
    [InlineData(true, Party.Network)]
    public void Whether_the_silent_host_went_on_tells_what_vanished(bool goesOn, Party party)
    {
        var hosts = new TwoHosts();
        Open(hosts);
        for (int i = 0; i < 6; i++) hosts.Send(Side.Client, (200 + 200L * (1 << i)) * Ms, null, Data, 1101, 5101, 100);
        if (goesOn) hosts.Send(Side.Server, 900 * Ms, null, Data, 5101, 1101, 50);
        Check(FindingId.PeerVanished, party, hosts);
    }

    [Fact]
    public void Drops_behind_the_longest_waits_are_a_full_queue()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        uint sequence = 1001;
        for (int i = 0; i < 120; i++, sequence += 1000)
        {
            long queued = i % 30 * 2 * Ms;
            hosts.Send(Side.Client, (31 + i) * Ms, i % 30 == 29 ? null : Delay + queued, Data, sequence, 5001, 1000);
        }

        Assert.Equal(FindingKind.DropTail, Check(FindingId.RateLimited, Party.Network, hosts).Kind);
    }

    [Fact]
    public void Losses_on_an_empty_path_are_losses()
    {
        var hosts = new TwoHosts();
        hosts.Handshake(Delay);
        uint sequence = 1001;
        for (int i = 0; i < 120; i++, sequence += 1000) hosts.Send(Side.Client, (31 + i) * Ms, i % 30 == 29 ? null : Delay, Data, sequence,
            5001, 1000);
        Check(FindingId.PacketLoss, Party.Network, hosts);
    }

    [Fact]
    public void A_healthy_connection_stays_silent_however_the_clocks_stand()
    {
        var hosts = new TwoHosts { AheadNs = -3 * 3600 * 1000 * Ms, Drift = 0.00005 };
        Open(hosts);
        hosts.Send(Side.Client, 80 * Ms, Delay, TcpFlags.Fin | TcpFlags.Ack, 1101, 5101);
        hosts.Send(Side.Server, 92 * Ms, Delay, TcpFlags.Fin | TcpFlags.Ack, 5101, 1102);
        hosts.Send(Side.Client, 104 * Ms, Delay, TcpFlags.Ack, 1102, 5102);
        Assert.Null(Judge(hosts).Verdict);
    }

    private static Finding Check(FindingId id, Party party, TwoHosts hosts)
    {
        Finding finding = Judge(hosts).Verdict!.Finding;
        Assert.Equal((id, party), (finding.Id, finding.Party));
        Assert.NotNull(finding.SeenAt);
        Assert.NotEmpty(finding.Packets);
        return finding;
    }

    private static CaptureDiagnosis Judge(TwoHosts hosts)
    {
        Diagnoser client = new(), server = new();
        VantagePoint atClient = hosts.Capture(Side.Client, client), atServer = hosts.Capture(Side.Server, server);
        CaptureDiagnosis clientAlone = client.Conclude(atClient.Totals), serverAlone = server.Conclude(atServer.Totals);
        return JoinedDiagnoser.Judge(JoinedCapture.Of(atClient, atServer), clientAlone, serverAlone);
    }

    // The handshake, a request and its reply.
    private static void Open(TwoHosts hosts)
    {
        hosts.Handshake(Delay);
        hosts.Send(Side.Client, 31 * Ms, Delay, Data, 1001, 5001, 100);
        hosts.Send(Side.Server, 43 * Ms, Delay, Data, 5001, 1101, 100);
        hosts.Send(Side.Client, 54 * Ms, Delay, TcpFlags.Ack, 1101, 5101);
    }
}
