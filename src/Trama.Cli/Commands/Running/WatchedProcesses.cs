using System.Globalization;
using Trama.Processes.Facts;

namespace Trama.Cli.Commands.Running;

/// <summary>Processes that run already: one with its children, or all of a container.</summary>
internal sealed class WatchedProcesses
{
    private readonly ProcessTable _table = new();
    private readonly ProcessTree? _tree;
    private readonly string? _container;
    private readonly ulong _started;

    private WatchedProcesses(ProcessFacts first, string? container)
    {
        (First, _started, _container) = (first.Id, first.StartedTicks, container);
        _tree = container is null ? new ProcessTree(first.Id, forks: null) : null;
    }

    /// <summary>The one that was there first.</summary>
    public int First { get; }

    /// <summary>Whether that one is there still.</summary>
    public bool IsAlive => new ProcessTable().Of(First) is { } facts && facts.StartedTicks == _started;

    /// <summary>A process and its children; null when there is no such process.</summary>
    public static WatchedProcesses? Of(int process) =>
        new ProcessTable().Of(process) is { } facts ? new WatchedProcesses(facts, null) : null;

    /// <summary>The processes of a container; null when none is meant, or several may be.</summary>
    /// <param name="id">The beginning of its identifier.</param>
    public static WatchedProcesses? OfContainer(string id)
    {
        var table = new ProcessTable();
        if (id.Length == 0) return null;
        ProcessFacts[] found = [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? table.Of(process) : null)
            .OfType<ProcessFacts>().Where(facts => facts.Container?.Id?.StartsWith(id, StringComparison.Ordinal) == true)];
        return found.DistinctBy(facts => facts.Container!.Id).Count() == 1
            ? new WatchedProcesses(found.MinBy(facts => facts.StartedTicks)!, found[0].Container!.Id) : null;
    }

    /// <summary>Whether a process is one of them.</summary>
    public bool Has(int process) => _tree is not null ? _tree.Has(process) : _table.Of(process)?.Container?.Id == _container;
}
