namespace Trama.Peers.Serving.Conducts;

/// <summary>What a server does with its clients. One conduct is for all of them, many at the same time.</summary>
public abstract class Conduct
{
    /// <summary>Serves one client, whose connection is open.</summary>
    /// <returns>How the connection came to its end.</returns>
    internal abstract Task<ConnectionEnd> ServeAsync(ServerConnection connection);
}
