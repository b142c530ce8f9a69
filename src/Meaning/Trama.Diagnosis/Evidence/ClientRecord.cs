using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What a whole capture shows of one client's host: where it knocked, and whether it ever had anything to say.</summary>
internal sealed class ClientRecord
{
    private const int MaxTargets = 1024;
    private const int MaxKept = 1 << 14;

    // A horizontal scan goes through the hosts of a network: the same first 16 bits (IPv4) or 48 (IPv6) of their addresses.
    private const int PrefixBytes = 2;
    private const int PrefixBytes6 = 6;

    // Programs that look for each other use ports that belong to nobody, in as many networks as there are people.
    private const ushort FirstUserPort = 1024;
    private const int PeerNetworks = 8;

    private readonly HashSet<long> _peerNetworks = [];
    private readonly List<long> _absentPeers = [];
    private bool _talksToPeers;
    private readonly HashSet<Endpoint> _targets = [];
    private readonly Dictionary<IpAddress, int> _portsOfHost = [];
    private readonly Dictionary<(long Prefix, int Port), int> _hostsOfPort = [];
    private readonly List<Wait> _probes = [];

    /// <summary>Connections that it opened, or tried to.</summary>
    public long Attempts { get; private set; }

    /// <summary>Those of them in which it said nothing.</summary>
    public long ProbeCount { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Wait> Probes => _probes;

    /// <summary>The most ports of one host that it probed.</summary>
    public int MostPorts { get; private set; }

    /// <summary>The most hosts of one network that it probed on one port.</summary>
    public int MostHosts { get; private set; }

    /// <summary>How many addresses and ports it probed.</summary>
    public int Targets => _targets.Count;

    /// <summary>In how many connections it was told something.</summary>
    public long Talks { get; private set; }

    /// <summary>
    /// Connections to other people's machines that were refused or not answered, where it looks for many of them: peers come and go.
    /// </summary>
    public IReadOnlyList<long> AbsentPeers => _talksToPeers && _peerNetworks.Count >= PeerNetworks ? _absentPeers : [];

    /// <summary>Adds a connection at its end.</summary>
    public void Add(Connection connection, Chapter chapter)
    {
        if (chapter.Count == 0) return;
        if (connection.ToClient.PayloadBytes > 0) Talks++;
        if (connection.ToServer.Syn && connection.Server.Port >= FirstUserPort) AddPeer(connection);
        bool isImpossible = IsImpossible(chapter.First);
        if (!connection.ToServer.Syn && !isImpossible && !IsSounding(chapter.Segments)) return;
        Attempts++;
        if (connection.ToServer.PayloadBytes + connection.ToClient.PayloadBytes > 0 || connection.ToServer.Fin && !isImpossible
            && connection.ToClient.Syn) return;
        ProbeCount++;
        if (_probes.Count < MaxKept)
            _probes.Add(new Wait(connection.Id, chapter.First.Packet, chapter.First.At, chapter.Segments[^1].At));
        if (_targets.Count >= MaxTargets || !_targets.Add(connection.Server)) return;
        IpAddress host = connection.Server.Address;
        MostPorts = Math.Max(MostPorts, _portsOfHost[host] = _portsOfHost.GetValueOrDefault(host) + 1);
        // Whoever wakes up closes old connections to many hosts, which know nothing of them any more.
        if (!connection.ToServer.Syn && !isImpossible) return;
        (long, int) network = (Prefix(host), connection.Server.Port);
        MostHosts = Math.Max(MostHosts, _hostsOfPort[network] = _hostsOfPort.GetValueOrDefault(network) + 1);
    }

    private void AddPeer(Connection connection)
    {
        _talksToPeers |= connection.ToServer.PayloadBytes > 0 && connection.ToClient.PayloadBytes > 0;
        if (connection.State is not (ConnectionState.Refused or ConnectionState.Unanswered) || _absentPeers.Count == MaxTargets) return;
        _absentPeers.Add(connection.Id);
        _peerNetworks.Add(Prefix(connection.Server.Address));
    }

    // Every segment of a connection has SYN, ACK or RST (RFC 9293 section 3.10.7.4): FIN, null and Christmas-tree scans have none.
    private static bool IsImpossible(in TracedSegment segment) =>
        segment.From == Side.Client && (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack | TcpFlags.Rst)) == 0;

    // An acknowledgement out of nothing, answered with RST: is there a firewall that keeps state?
    private static bool IsSounding(List<TracedSegment> segments) => segments is [{ From: Side.Client, Length: 0 } first, { } answer]
        && (first.Flags & (TcpFlags.Ack | TcpFlags.Rst)) == TcpFlags.Ack
        && answer.From == Side.Server && (answer.Flags & TcpFlags.Rst) != 0;

    private static long Prefix(IpAddress host)
    {
        Span<byte> bytes = stackalloc byte[16];
        host.WriteBytes(bytes);
        long prefix = host.IsIpv6 ? 1 : 0;
        foreach (byte value in bytes[..(host.IsIpv6 ? PrefixBytes6 : PrefixBytes)]) prefix = prefix << 8 | value;
        return prefix;
    }
}
