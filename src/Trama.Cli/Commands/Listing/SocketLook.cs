namespace Trama.Cli.Commands.Listing;

/// <summary>The sockets of this machine at one moment.</summary>
/// <param name="Rows">The sockets.</param>
/// <param name="At">When, in nanoseconds since 1970.</param>
/// <param name="IntervalNs">Over how long their rates were measured.</param>
/// <param name="HasProcesses">Whether processes could be looked at at all.</param>
/// <param name="IsRoot">Whether it was done with root's rights: nobody sees more.</param>
internal sealed record SocketLook(IReadOnlyList<SocketRow> Rows, long At, long IntervalNs, bool HasProcesses, bool IsRoot)
{
    /// <summary>How many sockets that a program has are of processes that may not be looked at.</summary>
    public int Hidden => Rows.Count(row => row.Socket.Inode != 0 && row.Processes.Count == 0);
}
