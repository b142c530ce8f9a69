using System.Globalization;
using Trama.Processes.Native;

namespace Trama.Processes.Holders;

/// <summary>
/// Which processes hold which sockets, at one moment: every descriptor of every process that may be looked at. A socket may be held by
/// several: a child
/// has those of its parent, and any process may pass one on.
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
        var descriptors = new List<int>();
        try
        {
            foreach (int process in ProcFolder.Processes())
            {
                holders.HasProcesses = true;
                if (!ProcFolder.TryDescriptors(process, descriptors)) holders.Closed++;
                else holders.Add(process, descriptors);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No /proc: nothing is known of any process.
        }

        return holders;
    }

    /// <summary>The processes that hold a socket, in the order of their numbers as found; empty when none is known.</summary>
    public IReadOnlyList<int> Of(uint inode)
    {
        if (inode == 0 || !_first.TryGetValue(inode, out int first)) return [];
        return _others.TryGetValue(inode, out List<int>? others) ? [first, .. others] : [first];
    }

    private void Add(int process, List<int> descriptors)
    {
        Span<char> name = stackalloc char[16];
        Span<byte> room = stackalloc byte[SocketLink.Room];
        foreach (int descriptor in descriptors)
        {
            if (!name.TryWrite(CultureInfo.InvariantCulture, $"fd/{descriptor}", out int length)) continue;
            if (!SocketLink.TryParse(ProcFile.Link(process, name[..length], room), out uint inode) || _holdings == MaxHoldings) continue;
            Add(inode, process);
        }
    }

    private void Add(uint inode, int process)
    {
        _holdings++;
        if (_first.TryAdd(inode, process) || _first[inode] == process) return;
        if (!_others.TryGetValue(inode, out List<int>? others)) _others[inode] = others = [];
        if (!others.Contains(process)) others.Add(process);
    }
}
