using System.Net;
using Trama.Cli.Capturing;
using Trama.Processes.Facts;
using Trama.Processes.Holders;
using Trama.Processes.Owning;
using Trama.Processes.Sockets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>The processes of a command's own network, and their sockets. For one thread at a time.</summary>
internal sealed class InsideProcesses
{
    private readonly int _process;
    private readonly ProcessTable _table = new();
    private readonly TreeHolders _holders;

    /// <summary>Begins to look.</summary>
    /// <param name="process">The command's process.</param>
    public InsideProcesses(int process)
    {
        string? network = NetworkLink.Of(process);
        (_process, _holders) = (process, new TreeHolders(other => network is not null && NetworkLink.Of(other) == network));
    }

    /// <summary>The processes of all connections that are being opened, by their own and their other side.</summary>
    public Dictionary<(IPEndPoint Client, IPEndPoint Server), SideProcess> Opening()
    {
        var found = new Dictionary<(IPEndPoint, IPEndPoint), SideProcess>();
        Dictionary<(IPEndPoint, IPEndPoint), uint> sockets = NetworkFile.Opening(_process);
        Dictionary<uint, int> holders = _holders.Look();
        foreach (((IPEndPoint, IPEndPoint) ends, uint inode) in sockets)
            if (holders.TryGetValue(inode, out int process) && _table.Of(process) is { } facts) found[ends] = Of(facts);
        return found;
    }

    /// <summary>The process that holds a socket; null when none is found.</summary>
    public SideProcess? Find(IPEndPoint local, IPEndPoint peer)
    {
        uint inode = NetworkFile.InodeOf(_process, local, peer);
        return inode != 0 && _holders.Look().TryGetValue(inode, out int process) && _table.Of(process) is { } facts
            ? Of(facts) : null;
    }

    private static SideProcess Of(ProcessFacts facts) => SideProcesses.Of(new SocketOwner([facts], null))!;
}
