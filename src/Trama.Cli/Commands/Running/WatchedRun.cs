using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Namespaces.Native;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// Processes that run already, of this machine's network or of one of their own: looked at, and not touched, until an interrupt or until
/// they end.
/// </summary>
internal sealed class WatchedRun : TreeRun
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly WatchedProcesses _processes;
    private readonly ManualResetEventSlim _stop = new();

    private WatchedRun(TreeCapture capture, WatchedProcesses processes)
        : base(capture) => _processes = processes;

    /// <summary>Begins to look; null where nobody tells whose a connection is. The calling thread goes into the network of the processes,
    /// and stays there.</summary>
    /// <exception cref="CaptureException">Capturing is not allowed.</exception>
    /// <exception cref="Namespaces.NamespaceException">Their network may not be entered.</exception>
    public static WatchedRun? Start(WatchedProcesses processes)
    {
        using (Privileges.Raise()) Enter(processes.First);
        TreeCapture? capture = TreeCapture.Open(processes.Has);
        Privileges.Drop();
        return capture is null ? null : new WatchedRun(capture, processes);
    }

    /// <summary>Ends the looking; the processes get no signal.</summary>
    public override void Signal(int signal) => _stop.Set();

    /// <inheritdoc/>
    public override int Wait()
    {
        while (!_stop.Wait(BetweenLooks) && _processes.IsAlive)
        {
            // Neither an interrupt nor their end.
        }

        Capture.Stop();
        return ExitCode.Done;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _stop.Dispose();
    }

    private static void Enter(int process)
    {
        if (NetworkLink.Of(process) == NetworkLink.Of(Environment.ProcessId)) return;
        using var network = NetworkNamespace.Of(process);
        network.Enter();
    }
}
