using Trama.Diagnosis.Rules;
using Trama.Packets;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What only the connections of a capture together show, in bounded memory.</summary>
internal sealed class CaptureEvidence
{
    private const int MaxServers = 1 << 14;
    private const int MaxFlows = 1 << 16;

    private const int MaxClients = 1 << 12;
    private const int MaxStill = 1 << 10;

    private const ushort FtpPort = 21;
    private const ushort FtpDataPort = 20;
    private const ushort FirstUserPort = 1024;

    private readonly List<Timestamp> _opened = [];
    private readonly HashSet<(IpAddress Client, IpAddress Server)> _controls = [];
    private readonly Dictionary<Endpoint, ServerRecord> _servers = [];
    private readonly Dictionary<IpAddress, ServerRecord> _hosts = [];
    private readonly Dictionary<IpAddress, ClientRecord> _clients = [];
    private readonly List<(Wait Wait, IpAddress Host)> _still = [];
    private readonly Dictionary<(Endpoint, Endpoint), long> _flows = [];
    private readonly Dictionary<(IpAddress Client, Endpoint Server), int> _asking = [];

    public IEnumerable<ServerRecord> Servers => _servers.Values;

    /// <summary>The same of all ports of a host together.</summary>
    public IEnumerable<ServerRecord> Hosts => _hosts.Values;

    public IEnumerable<ClientRecord> Clients => _clients.Values;

    /// <summary>Connections that stood still, and their servers' hosts.</summary>
    public IReadOnlyList<(Wait Wait, IpAddress Host)> Still => _still;

    /// <summary>
    /// Whether a connection is one that an FTP server opens to its client (RFC 959 section 3.2): from port 20, or between two hosts of
    /// which the other one has a control connection.
    /// </summary>
    public bool IsActiveData(Endpoint client, Endpoint server) => server.Port >= FirstUserPort
        && (client.Port == FtpDataPort || _controls.Contains((server.Address, client.Address)));

    /// <summary>When connections were opened, and answered.</summary>
    public IReadOnlyList<Timestamp> Opened => _opened;

    public Continuations Continuations { get; } = new();

    public Twins Twins { get; } = new();

    /// <summary>In how many connections a client's host was told anything.</summary>
    public long TalksOf(IpAddress client) => _clients.TryGetValue(client, out ClientRecord? record) ? record.Talks : 0;

    /// <summary>In how many connections a client's host said anything to a server.</summary>
    public int Asking(IpAddress client, Endpoint server) => _asking.GetValueOrDefault((client, server));

    /// <summary>
    /// Adds a connection at its end, and tells the number of an earlier one on the same addresses and ports; null without one.
    /// </summary>
    public long? Add(Connection connection, Chapter chapter, ConnectionEvidence? evidence)
    {
        if (Twins.IsCopy(connection)) return null;
        if (!_hosts.TryGetValue(connection.Server.Address, out ServerRecord? host) && _hosts.Count < MaxServers)
            _hosts.Add(connection.Server.Address, host = new ServerRecord());
        host?.Add(connection, chapter, evidence);
        if (!_servers.TryGetValue(connection.Server, out ServerRecord? server) && _servers.Count < MaxServers)
            _servers.Add(connection.Server, server = new ServerRecord { Host = host });
        server?.Add(connection, chapter, evidence);
        if (!_clients.TryGetValue(connection.Client.Address, out ClientRecord? client) && _clients.Count < MaxClients)
            _clients.Add(connection.Client.Address, client = new ClientRecord());
        client?.Add(connection, chapter);
        if (connection.ToServer.Syn && connection.ToClient.Syn && chapter.IsFirst && _opened.Count < MaxFlows)
            _opened.Add(connection.OpenedAt);
        if (connection.Server.Port == FtpPort && connection.ToClient.PayloadBytes > 0 && _controls.Count < MaxClients)
            _controls.Add((connection.Client.Address, connection.Server.Address));
        if (evidence is not null && _still.Count < MaxStill && StoodStill(evidence) is { } still) _still.Add(
            (still, connection.Server.Address));
        Continuations.Add(connection, chapter);
        (IpAddress, Endpoint) asks = (connection.Client.Address, connection.Server);
        if (connection.ToServer.PayloadBytes > 0 && (_asking.Count < MaxFlows || _asking.ContainsKey(asks)))
            _asking[asks] = _asking.GetValueOrDefault(asks) + 1;
        // Of the first without a SYN, client and server may have been guessed the other way round.
        (Endpoint, Endpoint) flow = (connection.Client, connection.Server), turned = (connection.Server, connection.Client);
        bool isKnown = _flows.TryGetValue(flow, out long id) || _flows.Remove(turned, out id);
        long? earlier = connection.ToServer.Syn && chapter.Count > 0 && isKnown ? id : null;
        if (_flows.Count >= MaxFlows) _flows.Clear();
        _flows[flow] = connection.Id;
        return earlier;
    }

    // The longest time that something waited for a timer to send it again.
    private static Wait? StoodStill(ConnectionEvidence evidence)
    {
        Wait? longest = null;
        foreach (Loss loss in evidence.Losses)
        {
            if (loss.Trigger != LossTrigger.Timeout || loss.DelayNs < PathOutage.StillNs
                || loss.DelayNs <= longest?.Until - longest?.From) continue;
            int index = evidence.Stream(loss.From).Sent[loss.Place].Index;
            Timestamp until = evidence.Segments[index].At;
            longest = new Wait(evidence.Connection.Id, evidence.PacketOf(index), new Timestamp(until.Nanoseconds - loss.DelayNs), until);
        }

        return longest ?? Unanswered(evidence);
    }

    // Until the capture ends: what is sent again and again, and not answered any more.
    private static Wait? Unanswered(ConnectionEvidence evidence)
    {
        foreach (StreamEvidence stream in evidence.Streams)
        {
            if (!evidence.IsLast || stream.Sent is not [.., { As: SentAs.Again, Original: >= 0 } last]) continue;
            Transmission original = stream.Sent[last.Original];
            while (original.Original >= 0) original = stream.Sent[original.Original];
            ref readonly TracedSegment first = ref evidence.Segments[original.Index];
            Timestamp until = evidence.Segments[last.Index].At;
            if (evidence.LastFrom(1 - stream.From) > last.Index || until - first.At < PathOutage.StillNs) continue;
            return new Wait(evidence.Connection.Id, evidence.PacketOf(last.Index), first.At, until);
        }

        return null;
    }
}
