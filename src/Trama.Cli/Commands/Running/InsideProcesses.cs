using Trama.Cli.Capturing;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Owning;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>The processes of a command's own network, and which sockets they hold. For one thread at a time.</summary>
internal sealed class InsideProcesses
{
    private readonly ProcessTable _table = new();
    private readonly TreeHolders _holders;
    private Dictionary<uint, int> _seen = [];

    /// <summary>Begins to look.</summary>
    /// <param name="process">The command's process.</param>
    public InsideProcesses(int process)
    {
        string? network = NetworkLink.Of(process);
        _holders = new TreeHolders(other => network is not null && NetworkLink.Of(other) == network);
    }

    /// <summary>Looks at what they hold now.</summary>
    public void Look() => _seen = _holders.Look();

    /// <summary>The process that held a socket at the last look; null when none did.</summary>
    /// <param name="inode">The number of the socket's file; 0 of none.</param>
    public SideProcess? Holder(uint inode) =>
        inode != 0 && _seen.TryGetValue(inode, out int process) && _table.Of(process) is { } facts ? Of(facts) : null;

    private static SideProcess Of(ProcessFacts facts) => SideProcesses.Of(new SocketOwner([facts], null))!;
}
