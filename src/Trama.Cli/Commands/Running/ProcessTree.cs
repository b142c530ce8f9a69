using Trama.Processes.Facts;
using Trama.Processes.Forking;

namespace Trama.Cli.Commands.Running;

/// <summary>A process with all its children and theirs; those whose parent has ended are this program's children.</summary>
/// <param name="root">The process.</param>
/// <param name="forks">Knows of those that are gone; null where nobody does.</param>
internal sealed class ProcessTree(int root, ForkWatch? forks)
{
    private const int MostSteps = 64;

    private readonly ProcessTable _processes = new();

    /// <summary>Whether a process belongs to it; of what is gone, that may be unknown.</summary>
    public bool Has(int process)
    {
        if (forks?.Has(process) == true) return true;
        for (int step = 0; step < MostSteps; step++)
        {
            if (process == root) return true;
            if (_processes.Of(process) is not { } facts) return false;
            if (facts.Parent == Environment.ProcessId) return true;
            process = facts.Parent;
        }

        return false;
    }
}
