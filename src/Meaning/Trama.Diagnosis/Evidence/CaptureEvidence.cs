using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>What only the connections of a capture together show, in bounded memory.</summary>
internal sealed class CaptureEvidence
{
    private const int MaxServers = 1 << 14;
    private const int MaxFlows = 1 << 16;

    private readonly Dictionary<Endpoint, ServerRecord> _servers = [];
    private readonly Dictionary<(Endpoint, Endpoint), long> _flows = [];

    public IEnumerable<ServerRecord> Servers => _servers.Values;

    public Continuations Continuations { get; } = new();

    /// <summary>Adds a connection at its end, and tells the number of an earlier one on the same addresses and ports; null without one.</summary>
    public long? Add(Connection connection, Chapter chapter, ConnectionEvidence? evidence)
    {
        if (!_servers.TryGetValue(connection.Server, out ServerRecord? server) && _servers.Count < MaxServers)
            _servers.Add(connection.Server, server = new ServerRecord());
        server?.Add(connection, chapter, evidence);
        Continuations.Add(connection, chapter.Segments);
        // Of the first without a SYN, client and server may have been guessed the other way round.
        (Endpoint, Endpoint) flow = (connection.Client, connection.Server), turned = (connection.Server, connection.Client);
        bool isKnown = _flows.TryGetValue(flow, out long id) || _flows.Remove(turned, out id);
        long? earlier = connection.ToServer.Syn && chapter.Segments.Count > 0 && isKnown ? id : null;
        if (_flows.Count >= MaxFlows) _flows.Clear();
        _flows[flow] = connection.Id;
        return earlier;
    }
}
