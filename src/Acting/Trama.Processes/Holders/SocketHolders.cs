using Trama.Processes.Native;

namespace Trama.Processes.Holders;

/// <summary>
/// Which processes hold which sockets: every descriptor of every process that may be looked at. A socket may be held by
/// several: a child has those of its parent, and any process may pass one on.
/// </summary>
public sealed class SocketHolders
{
    private const int MaxHoldings = 1 << 22;

    private readonly Dictionary<uint, int> _first = [];
    private readonly Dictionary<uint, List<int>> _others = [];
    private int _holdings;

    /// <summary>Whether there were processes to look at.</summary>
    public bool HasProcesses { get; private set; }

    /// <summary>Looks at all processes.</summary>
    public static SocketHolders Look()
    {
        var holders = new SocketHolders();
        holders.LookAgain();
        return holders;
    }

    /// <summary>Looks at all processes, and adds what is found to what was before.</summary>
    public void LookAgain()
    {
        var inodes = new List<uint>();
        foreach (int process in ProcFolder.Processes())
        {
            HasProcesses = true;
            ProcFolder.Sockets(process, inodes);
            foreach (uint inode in inodes) Add(inode, process);
        }
    }

    /// <summary>The processes that hold a socket, in the order of their numbers as found; empty when none is known.</summary>
    public IReadOnlyList<int> Of(uint inode)
    {
        if (inode == 0 || !_first.TryGetValue(inode, out int first)) return [];
        return _others.TryGetValue(inode, out List<int>? others) ? [first, .. others] : [first];
    }

    private void Add(uint inode, int process)
    {
        if (_holdings++ >= MaxHoldings || _first.TryAdd(inode, process) || _first[inode] == process) return;
        if (!_others.TryGetValue(inode, out List<int>? others)) _others[inode] = others = [];
        if (!others.Contains(process)) others.Add(process);
    }
}
