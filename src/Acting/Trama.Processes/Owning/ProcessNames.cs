namespace Trama.Processes.Owning;

/// <summary>
/// The names that processes have given themselves since somebody listens, so that one that is gone has one. A child has its parent's until
/// it starts a program.
/// </summary>
internal sealed class ProcessNames
{
    private const int Most = 1 << 14;

    private readonly Dictionary<int, string> _names = [];

    /// <summary>The name of a process; empty when it is not known.</summary>
    public string Of(int process) => _names.GetValueOrDefault(process, "");

    /// <summary>A process has a new name, or is new and has its parent's, as far as that is known.</summary>
    public void Take(in ProcessNaming naming)
    {
        if (_names.Count == Most) _names.Clear();
        if (naming.Name is { } name) _names[naming.Process] = name;
        else if (_names.TryGetValue(naming.Parent, out string? parents)) _names[naming.Process] = parents;
        else _names.Remove(naming.Process);
    }

    /// <summary>Something is missing: what is known may be another process' by now.</summary>
    public void Forget() => _names.Clear();
}
