namespace Trama.Processes.Forking;

/// <summary>The processes below one, as their making and ending is told; those that ended lately count too.</summary>
/// <param name="root">The process.</param>
internal sealed class Descendants(int root)
{
    // A connection is asked about soon after it was made.
    private const int MostEnded = 1 << 14;

    private readonly HashSet<int> _all = [];
    private readonly Queue<int> _ended = new();

    /// <summary>Takes note.</summary>
    public void Note(in ProcessEvent told)
    {
        switch (told.Kind)
        {
            case ProcessEventKind.Forked when told.Parent == root || _all.Contains(told.Parent):
                _all.Add(told.Process);
                break;
            // A number that is used again is another process.
            case ProcessEventKind.Forked:
                _all.Remove(told.Process);
                break;
            case ProcessEventKind.Exited when _all.Contains(told.Process):
                _ended.Enqueue(told.Process);
                if (_ended.Count > MostEnded) _all.Remove(_ended.Dequeue());
                break;
        }
    }

    /// <summary>Whether a process is one of them.</summary>
    public bool Has(int process) => _all.Contains(process);
}
