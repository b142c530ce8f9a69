using System.Diagnostics;
using Trama.Processes.Facts;
using Trama.Processes.Native;

namespace Trama.Processes.Holders;

/// <summary>
/// Finds which processes hold some sockets, with as little looking as will do: young processes first, then those that held it or anything
/// else that was looked for before and their parents, and only then all. This process itself is left out. For one thread at a time.
/// </summary>
public sealed class HolderSearch
{
    private const int MostRecent = 8;
    private const int MaxKnown = 1 << 16;

    // A child has the sockets of its parent that were open when it began, and a process that takes one over is often made for it: those are
    // looked at each time, for so long after they were first seen.
    private static readonly TimeSpan Youth = TimeSpan.FromSeconds(2);

    private readonly Dictionary<int, long> _firstSeen = [];
    private readonly List<int> _recent = [];
    private readonly Dictionary<uint, int[]> _held = [];
    private readonly HashSet<int> _lookedAt = [];
    private readonly List<uint> _inodes = [];
    private bool _isBegun;

    /// <summary>Looks for sockets.</summary>
    /// <param name="wanted">The numbers of their files.</param>
    /// <param name="everywhere">Whether all processes are looked at, should the likely ones not hold them all.</param>
    /// <param name="found">Takes the holders of each that is held.</param>
    public void Find(IReadOnlySet<uint> wanted, bool everywhere, Dictionary<uint, List<Holder>> found)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(found);
        _lookedAt.Clear();
        _lookedAt.Add(Environment.ProcessId);
        List<int> processes = ProcFolder.Processes();
        long now = Stopwatch.GetTimestamp();
        if (_firstSeen.Count > MaxKnown) _firstSeen.Clear();
        // The one that just connected is likely the youngest, and may be gone soon.
        processes.Reverse();
        foreach (int process in processes)
        {
            // What was there when the first look was taken is not young.
            if (!_firstSeen.TryGetValue(process, out long first)) _firstSeen[process] = first = _isBegun ? now : long.MinValue;
            if (first != long.MinValue && Stopwatch.GetElapsedTime(first, now) < Youth) LookAt(process, wanted, found);
        }

        _isBegun = true;
        foreach (uint inode in wanted)
            if (_held.TryGetValue(inode, out int[]? holders))
                foreach (int process in holders) LookAt(process, wanted, found);
        foreach (int process in (int[])[.. _recent]) LookAt(process, wanted, found);
        foreach (Holder holder in (Holder[])[.. found.Values.SelectMany(holders => holders)])
            if (ProcessStat.Of(holder.Process) is { Parent: > 1 } stat) LookAt(stat.Parent, wanted, found);
        if (everywhere && found.Count < wanted.Count)
            foreach (int process in processes) LookAt(process, wanted, found);
        Remember(found);
    }

    // Each of them is looked at the next time: a child has its parent's sockets for the moment before it becomes another program, and
    // whoever holds one no more is said to have handed it on.
    private void Remember(Dictionary<uint, List<Holder>> found)
    {
        if (_held.Count + found.Count > MaxKnown) _held.Clear();
        foreach ((uint inode, List<Holder> holders) in found) _held[inode] = [.. holders.Select(holder => holder.Process)];
    }

    private void LookAt(int process, IReadOnlySet<uint> wanted, Dictionary<uint, List<Holder>> found)
    {
        if (!_lookedAt.Add(process) || ProcessStat.Of(process) is not { } stat) return;
        ProcFolder.Sockets(process, _inodes);
        bool holds = false;
        foreach (uint inode in _inodes)
        {
            if (!wanted.Contains(inode)) continue;
            holds = true;
            if (!found.TryGetValue(inode, out List<Holder>? holders)) found[inode] = holders = [];
            var holder = new Holder(process, stat.StartedTicks);
            if (!holders.Contains(holder)) holders.Add(holder);
        }

        if (!holds) return;
        _recent.Remove(process);
        _recent.Insert(0, process);
        if (_recent.Count > MostRecent) _recent.RemoveAt(MostRecent);
    }
}
