using System.Buffers.Text;
using System.Text;
using Trama.Processes.Containers;
using Trama.Processes.Native;

namespace Trama.Processes.Facts;

/// <summary>
/// What is known of processes, read once each and told apart by their start: a number that was used again is another process. For one
/// thread at a time.
/// </summary>
public sealed class ProcessTable
{
    private const int RoomBytes = 4096;
    private const int MaxKept = 1 << 14;

    private readonly UserNames _users = new();
    private readonly Dictionary<int, ProcessFacts> _kept = [];
    private readonly byte[] _room = new byte[RoomBytes];

    /// <summary>The facts of a process; null when it is gone, or was replaced while it was looked at.</summary>
    public ProcessFacts? Of(int process)
    {
        if (ProcessStat.Of(process) is not { } before) return null;
        if (_kept.TryGetValue(process, out ProcessFacts? kept) && kept.StartedTicks == before.StartedTicks
            && kept.Name == before.Name) return kept;
        ProcessFacts facts = Read(process, before);
        if (ProcessStat.Of(process) is not { } after || after.StartedTicks != before.StartedTicks) return null;
        if (_kept.Count == MaxKept) _kept.Clear();
        return _kept[process] = facts;
    }

    /// <summary>The name of a user.</summary>
    public string UserName(uint user) => _users.Of(user);

    private ProcessFacts Read(int process, in ProcessStat stat)
    {
        ReadOnlySpan<byte> program = ProcFile.Link(process, "exe", _room);
        string? path = program.IsEmpty ? null : Encoding.UTF8.GetString(program);
        ReadOnlySpan<byte> words = ProcFile.Read(process, "cmdline", _room).TrimEnd((byte)0);
        string? line = words.IsEmpty ? null : Encoding.UTF8.GetString(words).Replace('\0', ' ');
        uint? user = EffectiveUser(ProcFile.Read(process, "status", _room));
        return new ProcessFacts
        {
            Id = process,
            StartedTicks = stat.StartedTicks,
            Name = stat.Name,
            Parent = stat.Parent,
            Program = path,
            CommandLine = line,
            User = user,
            UserName = user is { } known ? _users.Of(known) : null,
            Container = CgroupPath.OfFile(ProcFile.Read(process, "cgroup", _room)),
        };
    }

    // "Uid:	real	effective	saved	file".
    internal static uint? EffectiveUser(ReadOnlySpan<byte> status)
    {
        int at = status.IndexOf("\nUid:\t"u8);
        if (at < 0) return null;
        ReadOnlySpan<byte> values = status[(at + "\nUid:\t"u8.Length)..];
        int tab = values.IndexOf((byte)'\t');
        return tab >= 0 && Utf8Parser.TryParse(values[(tab + 1)..], out uint user, out _) ? user : null;
    }
}
