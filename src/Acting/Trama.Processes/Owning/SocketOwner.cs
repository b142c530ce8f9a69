using Trama.Processes.Containers;
using Trama.Processes.Facts;

namespace Trama.Processes.Owning;

/// <summary>Whose one side of a connection is.</summary>
/// <param name="Processes">The processes that held the socket when it was looked at last; empty when none is known.</param>
/// <param name="UserName">The user who made the socket; null when that is not known.</param>
/// <param name="Container">The container in which the socket was made, where no process is known; null when that is not known.</param>
public sealed record SocketOwner(IReadOnlyList<ProcessFacts> Processes, string? UserName, Container? Container = null)
{
    /// <summary>The server's side of a connection to this machine on a port where no program listens.</summary>
    public static SocketOwner Nobody { get; } = new([], null);
}
