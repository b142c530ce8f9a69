using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>What only many connections together show.</summary>
public class ManyConnectionsTests
{
    private readonly Talk _talk = new();
    private ushort _port = 40_000;

    [Theory]
    [InlineData("refused")]
    [InlineData("half-open")]
    [InlineData("silent")]
    public void A_client_that_tries_port_after_port_scans(string answer)
    {
        for (int port = 1; port <= 40; port++) Knock(0x0a000002, port, port == 22 ? "half-open" : answer);
        Finding finding = _talk.Verdict()!;
        Assert.Equal((FindingId.PortScan, Party.Client, 40L, FindingKind.Ports),
            (finding.Id, finding.Party, finding[FactName.Count], finding.Kind));
    }

    [Fact]
    public void A_client_that_tries_host_after_host_scans()
    {
        for (uint host = 1; host <= 40; host++) Knock(0x0a000100 + host, 445, "silent");
        Assert.Equal((FindingId.PortScan, FindingKind.Hosts), (_talk.Verdict() is var finding ? finding!.Id : default, finding.Kind));
    }

    [Fact]
    public void A_client_that_is_refused_at_a_few_ports_does_not_scan()
    {
        for (int port = 5000; port < 5004; port++) Knock(0x0a000002, port, "refused");
        Assert.Equal(FindingId.ConnectionRefused, _talk.Verdict()!.Id);
    }

    [Fact]
    public void A_client_of_many_servers_that_talks_does_not_scan()
    {
        for (uint host = 1; host <= 40; host++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000100 + host), 443);
            _talk.Open(_port++).Ask("GET / HTTP/1.1\r\n\r\n").Answer("HTTP/1.1 204 No Content\r\n\r\n").Close(Side.Client)
                .Close(Side.Server);
        }

        Assert.Null(_talk.Verdict());
    }

    [Fact]
    public void SYNs_of_many_hosts_over_the_ports_of_one_are_one_flood()
    {
        for (int i = 0; i < 60; i++)
        {
            _talk.Wire.ClientAddress = 0xc0a80000 + (uint)(i * 7919 % 60_000);
            Knock(0x0a000002, 1000 + i, "half-open", resets: false);
        }

        CaptureDiagnosis diagnosis = _talk.Judge();
        Assert.Equal((FindingId.SynFlood, 60L), (diagnosis.Verdict!.Finding.Id, diagnosis.Verdict.Finding[FactName.Count]));
    }

    [Fact]
    public void A_client_that_does_not_wait_after_a_failure_makes_a_storm_of_it()
    {
        for (int i = 0; i < 30; i++) Knock(0x0a000002, 5432, "refused");
        CaptureDiagnosis diagnosis = _talk.Judge();
        Assert.Equal(FindingId.ConnectionRefused, diagnosis.Verdict!.Finding.Id);
        Finding storm = diagnosis.Connections.SelectMany(c => c.Findings).Single(f => f.Id == FindingId.RetryStorm);
        Assert.Equal((Severity.Info, 30L), (storm.Severity, storm[FactName.Count]));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(1, false)]
    public void Connections_to_several_hosts_that_stop_at_once_show_an_outage(int hosts, bool isOutage)
    {
        var next = new uint[4];
        for (int i = 0; i < next.Length; i++)
        {
            Choose(i, hosts);
            _talk.Wire.Handshake(100_000, 100_000);
            next[i] = Wire.ClientStart + 1;
            for (int say = 0; say < 3; say++) Data(i, hosts, ref next[i], isAcknowledged: true);
        }

        for (int i = 0; i < next.Length; i++) Data(i, hosts, ref next[i], isAcknowledged: false);
        _talk.Wait(3);
        for (int i = 0; i < next.Length; i++)
        {
            next[i] -= 1000;
            Data(i, hosts, ref next[i], isAcknowledged: true);
        }

        Finding? finding = _talk.Verdict();
        Assert.Equal(isOutage, finding?.Id == FindingId.PathOutage);
        if (isOutage) Assert.Equal((Party.Network, 4L), (finding!.Party, finding[FactName.Count]));
    }

    [Theory]
    [InlineData(Side.Client)]
    [InlineData(Side.Server)]
    public void A_capture_of_one_direction_says_so_and_blames_nobody(Side seen)
    {
        uint other = seen == Side.Client ? Wire.ServerStart : Wire.ClientStart,
            own = seen == Side.Client ? Wire.ClientStart : Wire.ServerStart;
        _talk.Wire.Send(seen, seen == Side.Client ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack, own, seen == Side.Client ? 0 : other + 1);
        for (uint i = 0; i < 5; i++) _talk.Wire.Send(seen, TcpFlags.Ack | TcpFlags.Psh, own + 1 + i * 4, other + 1 + i * 9, "text",
            afterNs: 2_000_000_000);
        CaptureDiagnosis diagnosis = _talk.Judge();
        Finding finding = diagnosis.Connections.SelectMany(c => c.Findings).Single();
        Assert.Equal((FindingId.OneWayCapture, Severity.Info, seen), (finding.Id, finding.Severity, finding.Sender));
    }

    private void Choose(int connection, int hosts)
    {
        _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000010 + (uint)(connection % hosts)), 5000);
        _talk.Wire.ClientPort = (ushort)(50_000 + connection);
    }

    private void Data(int connection, int hosts, ref uint next, bool isAcknowledged)
    {
        Choose(connection, hosts);
        _talk.Wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, next, Wire.ServerStart + 1, new string('x', 1000), afterNs: 100_000,
            window: 60_000);
        next += 1000;
        if (isAcknowledged) _talk.Wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, next, afterNs: 100_000, window: 60_000);
    }

    private void Knock(uint host, int port, string answer, bool resets = true)
    {
        (_talk.Wire.Server, _talk.Wire.ClientPort) = (new(IpAddress.FromIpv4(host), (ushort)port), _port++);
        _talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 10_000_000);
        if (answer == "refused") _talk.Wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, Wire.ClientStart + 1);
        if (answer != "half-open") return;
        _talk.Wire.Send(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, Wire.ClientStart + 1);
        if (resets) _talk.Wire.Send(Side.Client, TcpFlags.Rst, Wire.ClientStart + 1, 0);
    }
}
