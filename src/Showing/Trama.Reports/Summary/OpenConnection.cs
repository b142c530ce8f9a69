namespace Trama.Reports.Summary;

/// <summary>What a summary remembers of a connection that has not ended.</summary>
/// <param name="server">The totals of its server endpoint; null when there are too many of those.</param>
internal sealed class OpenConnection(ServerTotals? server)
{
    /// <summary>The totals of its server endpoint.</summary>
    public ServerTotals? Server { get; } = server;

    /// <summary>The server times of its exchanges.</summary>
    public Latencies ServerTimes { get; } = new();
}
