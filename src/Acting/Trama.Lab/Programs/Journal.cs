using System.Net;

namespace Trama.Lab.Programs;

/// <summary>What the programs of an experiment noted, connection by connection.</summary>
internal sealed class Journal
{
    private readonly List<ConnectionLog> _connections = [];

    /// <summary>The connections, in the order in which the clients began them.</summary>
    public IReadOnlyList<ConnectionLog> Connections
    {
        get
        {
            lock (_connections) return [.. _connections];
        }
    }

    /// <summary>A client begins to connect.</summary>
    public ConnectionLog Begin(IPEndPoint client, IPEndPoint server)
    {
        var log = new ConnectionLog(client, server);
        lock (_connections) _connections.Add(log);
        return log;
    }

    /// <summary>The latest connection of a client's port.</summary>
    public ConnectionLog Of(IPEndPoint client, IPEndPoint server)
    {
        lock (_connections) return _connections.FindLast(log => log.Client.Port == client.Port && log.Server.Port == server.Port)
            ?? Begin(client, server);
    }
}
