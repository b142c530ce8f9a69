using Trama.Tracing;

namespace Trama.Rows.Tables;

/// <summary>The addresses of a connection as text, made once for its exchanges.</summary>
internal sealed record EndpointNames(string Client, string Server)
{
    /// <summary>Those of a connection.</summary>
    public static EndpointNames Of(Connection connection) => new(connection.Client.ToString(), connection.Server.ToString());
}
