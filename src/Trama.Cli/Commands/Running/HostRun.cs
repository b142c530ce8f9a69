using System.Diagnostics;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Processes.Forking;
using Trama.Run;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// A command on this machine's own network, where capturing is allowed: nothing is in between, and the packets are the wire's. Of all
/// that the machine says, what belongs to the command and its children is kept.
/// </summary>
internal sealed class HostRun : TreeRun
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    private readonly ForkWatch? _forks;
    private readonly Process _process;
    private readonly TreeUnixSockets? _unix;

    private HostRun(TreeCapture capture, ForkWatch? forks, Process process)
        : base(capture) => (_forks, _process, _unix) = (forks, process, TreeUnixSockets.Open(process.Id));

    /// <summary>Starts the command; null where capturing is not allowed, or nobody tells whose a connection is.</summary>
    public static HostRun? Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        ProcessTree? tree = null;
        try
        {
            TreeCapture? capture = TreeCapture.Open(process => tree?.Has(process) == true);
            ForkWatch? forks;
            using (Privileges.Raise()) forks = capture is null ? null : ForkWatch.Open();
            Privileges.Drop();
            if (capture is null) return null;
            Process process = HostCommand.Start(command, environment);
            tree = new ProcessTree(process.Id, forks);
            return new HostRun(capture, forks, process);
        }
        catch (CaptureException)
        {
            // As a user who may not capture.
            return null;
        }
    }

    /// <inheritdoc/>
    public override SeenUnixSockets? UnixSockets => _unix?.Seen;

    /// <inheritdoc/>
    public override void Signal(int signal) => OwnNetworkCommand.Signal(_process.Id, signal);

    /// <inheritdoc/>
    public override int Wait()
    {
        _process.WaitForExit();
        _unix?.Dispose();
        Thread.Sleep(LastWords);
        Capture.Stop();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _unix?.Dispose();
        _forks?.Dispose();
        _process.Dispose();
    }
}
