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

    /// <summary>Adds a connection at its end.</summary>
    public void Add(Connection connection, Chapter chapter)
    {
        if (!connection.ToServer.Syn || chapter.Segments.Count == 0) return;
        Attempts++;
        if (connection.ToServer.PayloadBytes > 0) return;
        ProbeCount++;
        if (_probes.Count < MaxKept)
            _probes.Add(new Wait(connection.Id, chapter.Segments[0].Packet, chapter.Segments[0].At, chapter.Segments[^1].At));
        if (_targets.Count >= MaxTargets || !_targets.Add(connection.Server)) return;
        IpAddress host = connection.Server.Address;
        MostPorts = Math.Max(MostPorts, _portsOfHost[host] = _portsOfHost.GetValueOrDefault(host) + 1);
        (long, int) network = (Prefix(host), connection.Server.Port);
        MostHosts = Math.Max(MostHosts, _hostsOfPort[network] = _hostsOfPort.GetValueOrDefault(network) + 1);
    }

    private static long Prefix(IpAddress host)
    {
        Span<byte> bytes = stackalloc byte[16];
        host.WriteBytes(bytes);
        long prefix = host.IsIpv6 ? 1 : 0;
        foreach (byte value in bytes[..(host.IsIpv6 ? PrefixBytes6 : PrefixBytes)]) prefix = prefix << 8 | value;
        return prefix;
    }
}
