using Trama.Processes.Native;

namespace Trama.Processes.Holders;

/// <summary>Which processes of a tree hold which sockets. For one thread at a time.</summary>
/// <param name="isOfTree">Whether a process is of the tree; asked once of each.</param>
public sealed class TreeHolders(Func<int, bool> isOfTree)
{
    private readonly List<uint> _inodes = [];
    private Dictionary<int, bool> _known = [];

    /// <summary>Looks at the processes of the tree.</summary>
    /// <returns>The first process found to hold each socket, by the number of the socket's file.</returns>
    public Dictionary<uint, int> Look()
    {
        var holders = new Dictionary<uint, int>();
        var known = new Dictionary<int, bool>(_known.Count);
        foreach (int process in ProcFolder.Processes())
        {
            // A number that was there at every look is the same process: looks follow each other sooner than numbers come round.
            bool isOne = known[process] = _known.TryGetValue(process, out bool was) ? was : isOfTree(process);
            if (!isOne) continue;
            ProcFolder.Sockets(process, _inodes);
            foreach (uint inode in _inodes) holders.TryAdd(inode, process);
        }

        _known = known;
        return holders;
    }
}
