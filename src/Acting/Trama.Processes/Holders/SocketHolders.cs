using Trama.Processes.Native;

namespace Trama.Processes.Holders;

/// <summary>
/// Which processes hold which sockets, at one moment: every descriptor of every process that may be looked at. A socket may be held by
/// several: a child has those of its parent, and any process may pass one on.
/// </summary>
public sealed class SocketHolders
{
    private const int MaxHoldings = 1 << 22;

    private readonly Dictionary<uint, int> _first = [];
    private readonly Dictionary<uint, List<int>> _others = [];
    private int _holdings;

    private SocketHolders()
    {
    }

    /// <summary>Whether there were processes to look at.</summary>
    public bool HasProcesses { get; private set; }

    /// <summary>How many processes there were whose descriptors may not be seen.</summary>
    public int Closed { get; private set; }

    /// <summary>Looks at all processes.</summary>
    public static SocketHolders Look()
    {
        var holders = new SocketHolders();
        var inodes = new List<uint>();
        foreach (int process in ProcFolder.Processes())
        {
            holders.HasProcesses = true;
            if (!ProcFolder.TrySockets(process, inodes)) holders.Closed++;
            foreach (uint inode in inodes) holders.Add(inode, process);
        }

        return holders;
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
