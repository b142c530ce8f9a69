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

    [Theory]
    [InlineData(TcpFlags.Fin, false)]
    [InlineData(TcpFlags.None, true)]
    [InlineData(TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg, true)]
    [InlineData(TcpFlags.Ack, true)]
    [InlineData(TcpFlags.Fin | TcpFlags.Ack, true)]
    public void A_scan_needs_no_SYN(TcpFlags flags, bool isAnswered)
    {
        for (ushort port = 1; port <= 40; port++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000002), port);
            _talk.Wire.Send(Side.Client, flags, Wire.ClientStart, 0, afterNs: 10_000_000);
            if (isAnswered) _talk.Wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, Wire.ClientStart + 1);
        }

        Assert.Equal((FindingId.PortScan, Party.Client), (_talk.Verdict() is var finding ? finding!.Id : default, finding.Party));
    }

    [Fact]
    public void Old_connections_to_many_hosts_that_are_closed_in_vain_are_no_scan()
    {
        for (uint host = 1; host <= 40; host++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000100 + host), 443);
            _talk.Wire.ClientPort = _port++;
            _talk.Wire.Send(Side.Client, TcpFlags.Fin | TcpFlags.Ack, Wire.ClientStart, Wire.ServerStart, afterNs: 10_000_000);
            _talk.Wire.Send(Side.Server, TcpFlags.Rst, Wire.ServerStart, 0);
        }

        Assert.NotEqual(FindingId.PortScan, _talk.Verdict()?.Id);
    }

    [Fact]
    public void A_patient_client_that_says_nothing_to_anybody_scans()
    {
        for (int port = 1; port <= 40; port++)
        {
            Knock(0x0a000002, port, "refused");
            _talk.Wait(15);
        }

        Finding finding = _talk.Verdict()!;
        Assert.Equal((FindingId.PortScan, Confidence.Likely), (finding.Id, finding.Confidence));
    }

    [Fact]
    public void Files_that_a_client_fetches_from_port_after_port_are_no_scan()
    {
        Endpoint control = new(IpAddress.FromIpv4(0x0a000002), 21);
        _talk.Wire.Server = control;
        _talk.Open(_port++).Answer("220 ready\r\n").Ask("PASV\r\n").Answer("227 Entering Passive Mode (10,0,0,2,200,0)\r\n");
        for (ushort port = 51_200; port < 51_240; port++)
        {
            _talk.Wire.Server = new(control.Address, port);
            _talk.Open(_port++).Answer("contents").Close(Side.Server).Close(Side.Client);
        }

        Assert.Null(_talk.Verdict());
    }

    [Fact]
    public void A_sweep_of_hosts_that_are_not_there_is_no_outage_of_the_path()
    {
        for (uint host = 1; host <= 40; host++)
        {
            Knock(0x0a000100 + host, 445, "silent");
            if (host % 4 == 0) _talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 3_000_000_000);
        }

        Assert.Equal(FindingId.PortScan, _talk.Verdict()!.Id);
    }

    [Theory]
    [InlineData(20, true, FindingId.ConnectionRefused, Party.Client)]
    [InlineData(40_500, true, FindingId.ConnectionRefused, Party.Client)]
    [InlineData(20, false, FindingId.ConnectionFiltered, Party.Network)]
    public void In_FTP_s_active_mode_the_client_is_the_one_that_is_called(int from, bool isRefused, FindingId id, Party party)
    {
        Endpoint control = new(IpAddress.FromIpv4(0x0a000002), 21);
        _talk.Wire.Server = control;
        _talk.Open(_port++).Answer("220 ready\r\n").Ask("PORT 10,0,0,1,156,80\r\n").Answer("200 ok\r\n");
        (_talk.Wire.ClientAddress, _talk.Wire.Server) = (0x0a000002, new(IpAddress.FromIpv4(0x0a000001), 40_016));
        _talk.Wire.ClientPort = (ushort)from;
        for (int i = 0; i < 3; i++) _talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, afterNs: 1_000_000_000L << i);
        if (isRefused) _talk.Wire.Send(Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, Wire.ClientStart + 1);
        Finding finding = _talk.Verdict()!;
        Assert.Equal((id, party, FindingKind.ActiveData), (finding.Id, finding.Party, finding.Kind));
    }

    [Theory]
    [InlineData(10, 0, true)]
    [InlineData(10, 1, false)]
    [InlineData(7, 0, false)]
    public void Fewer_ports_make_a_scan_when_they_are_tried_in_haste(int ports, int secondsBetween, bool isScan)
    {
        for (int port = 1; port <= ports; port++)
        {
            Knock(0x0a000002, port, "refused");
            _talk.Wait(secondsBetween);
        }

        Assert.Equal(isScan ? FindingId.PortScan : FindingId.ConnectionRefused, _talk.Verdict()!.Id);
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
    [InlineData(3, true, true)]
    [InlineData(3, false, true)]
    [InlineData(1, true, false)]
    public void Connections_to_several_hosts_that_stop_at_once_show_an_outage_whether_or_not_its_end_is_captured(
        int hosts, bool hasEnd, bool isOutage)
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
            Data(i, hosts, ref next[i], isAcknowledged: hasEnd);
        }

        Finding? finding = _talk.Verdict();
        Assert.Equal(isOutage, finding?.Id == FindingId.PathOutage);
        if (isOutage) Assert.Equal((Party.Network, 4L), (finding!.Party, finding[FactName.Count]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Peers_that_are_gone_are_nobody_s_fault_where_others_answer(bool hasPeers)
    {
        for (uint i = 0; i < 36; i++)
        {
            uint host = ((20 + i) << 24) + 9;
            ushort port = (ushort)(20_000 + i * 111);
            if (i % 3 == 1) Knock(host, port, "refused");
            for (int retry = 0; i % 3 == 2 && retry < 3; retry++) Knock(host, port, "silent");
            _talk.Wire.Server = new(IpAddress.FromIpv4(host), port);
            if (i % 3 == 0 && hasPeers) _talk.Open(_port++).Ask("hello").Answer("hello").Close(Side.Client).Close(Side.Server);
        }

        Assert.Equal(hasPeers, _talk.Verdict() is null);
    }

    [Fact]
    public void One_reply_that_is_late_among_many_connections_is_no_fault_that_anybody_looks_for()
    {
        for (int i = 0; i < 30; i++)
        {
            _talk.Open(_port++).Ask("GET / HTTP/1.1\r\n\r\n").Wait(i == 7 ? 0.45 : 0.01).Answer("HTTP/1.1 204 No Content\r\n\r\n")
                .Close(Side.Client).Close(Side.Server);
        }

        Assert.Null(_talk.Verdict());
    }

    [Fact]
    public void While_other_connections_open_the_path_is_there()
    {
        for (uint host = 1; host <= 6; host++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000100 + host), 80);
            _talk.Wire.ClientPort = (ushort)(50_000 + host);
            _talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        }

        for (int i = 0; i < 3; i++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000200), 80);
            _talk.Wait(1).Open(_port++).Ask("GET / HTTP/1.1\r\n\r\n").Answer("HTTP/1.1 204 No Content\r\n\r\n");
        }

        for (uint host = 1; host <= 6; host++)
        {
            _talk.Wire.Server = new(IpAddress.FromIpv4(0x0a000100 + host), 80);
            _talk.Wire.ClientPort = (ushort)(50_000 + host);
            _talk.Wire.Send(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0);
        }

        Assert.Equal(FindingId.ConnectionFiltered, _talk.Verdict()!.Id);
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
