using Trama.Packets.Transport;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Findings.Evidence;

/// <summary>What only the connections of a capture together show, in bounded memory.</summary>
internal sealed class CaptureEvidence
{
    private const int MaxServers = 1 << 14;
    private const int MaxFlows = 1 << 16;

    private readonly Dictionary<Endpoint, ServerRecord> _servers = [];
    private readonly Dictionary<FlowKey, long> _flows = [];

    public IEnumerable<ServerRecord> Servers => _servers.Values;

    /// <summary>Adds a connection at its end, and tells the number of an earlier one on the same addresses and ports; null without one.</summary>
    public long? Add(Connection connection, Chapter chapter, ConnectionEvidence? evidence)
    {
        if (!_servers.TryGetValue(connection.Server, out ServerRecord? server) && _servers.Count < MaxServers)
            _servers.Add(connection.Server, server = new ServerRecord());
        server?.Add(connection, chapter, evidence);
        var flow = new FlowKey(connection.Client, connection.Server);
        long? earlier = connection.ToServer.Syn && chapter.Segments.Count > 0 && _flows.TryGetValue(flow, out long id) ? id : null;
        if (_flows.Count >= MaxFlows) _flows.Clear();
        _flows[flow] = connection.Id;
        return earlier;
    }
}
