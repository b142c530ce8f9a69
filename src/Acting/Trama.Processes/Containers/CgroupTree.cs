using System.Diagnostics;
using Trama.Processes.Native;

namespace Trama.Processes.Containers;

/// <summary>
/// Finds the container of a control group by its number, which sockets have: the number of its folder (cgroups(7), version 2). For one
/// thread at a time.
/// </summary>
public sealed class CgroupTree
{
    private const int MaxFolders = 1 << 14;

    // Whoever asks for what is not there does not have all folders read each time.
    private static readonly TimeSpan s_validity = TimeSpan.FromSeconds(2);

    // Where both versions are mounted, version 2 is below.
    private static readonly string[] Roots = ["/sys/fs/cgroup/unified", "/sys/fs/cgroup"];

    private readonly string? _root;
    private readonly Dictionary<ulong, Container?> _containers = [];
    private readonly List<(string Name, ulong Number)> _folders = [];
    private long _readAt;

    /// <summary>That of this machine.</summary>
    public CgroupTree()
        : this(Roots.FirstOrDefault(root => File.Exists(root + "/cgroup.procs") || File.Exists(root + "/cgroup.controllers")))
    {
    }

    internal CgroupTree(string? root) => _root = root;

    /// <summary>The container that a control group belongs to; null when it belongs to none, or is not seen from here.</summary>
    public Container? Of(ulong cgroup)
    {
        if (_containers.TryGetValue(cgroup, out Container? known)) return known;
        if (_root is null || (_readAt != 0 && Stopwatch.GetElapsedTime(_readAt) < s_validity)) return null;
        Read(_root);
        _readAt = Stopwatch.GetTimestamp();
        return _containers.GetValueOrDefault(cgroup);
    }

    private void Read(string root)
    {
        _containers.Clear();
        var paths = new Queue<string>(["/"]);
        while (paths.TryDequeue(out string? path))
        {
            _folders.Clear();
            Subfolders.Add(root + path, _folders);
            foreach ((string name, ulong number) in _folders)
            {
                if (_containers.Count == MaxFolders) return;
                string inner = path + name + "/";
                if (_containers.TryAdd(number, CgroupPath.Of(inner))) paths.Enqueue(inner);
            }
        }
    }
}
