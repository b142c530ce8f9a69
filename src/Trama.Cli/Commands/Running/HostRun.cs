using System.Diagnostics;
using Trama.Captures;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.Native;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Packets;
using Trama.Processes.Forking;
using Trama.Run;
using Trama.Run.Inside;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// A command on this machine's own network, where capturing is allowed: nothing is in between, and the packets are the wire's. Of all
/// that the machine says, what belongs to the command and its children is kept.
/// </summary>
internal sealed class HostRun : ICommandRun
{
    private const string Device = "any";
    private const int BufferBytes = 32 << 20;
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    private readonly LiveCapture _capture;
    private readonly LiveOwners _owners;
    private readonly ForkWatch? _forks;
    private readonly TreePackets _packets;

    // What was lost until the filter held is of others.
    private readonly long _lostBefore;
    private Action _waiting = () => { };
    private readonly Process _process;
    private readonly Timer _ticks;

    private HostRun(LiveCapture capture, LiveOwners owners, ForkWatch? forks, IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment)
    {
        (_capture, _owners, _forks) = (capture, owners, forks);
        _lostBefore = capture.Statistics.DroppedByKernel;
        // Children that outlive their parent stay in the tree.
        _ = Libc.ControlProcess(Libc.KeepOrphans, 1, 0, 0, 0);
        var start = new ProcessStartInfo(ThisProgram.Path, [InsideEntry.MarkOnHost, .. command]);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _packets = new TreePackets(capture, owners, new ProcessTree(_process.Id, forks));
        capture.Waiting = () =>
        {
            _packets.Reconsider();
            _waiting();
        };
        _ticks = new Timer(_ => capture.Wake(), null, SilentReplies.Interval, SilentReplies.Interval);
    }

    /// <summary>Starts the command; null where capturing is not allowed, or nobody tells whose a connection is.</summary>
    public static HostRun? Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        LiveCapture? capture = null;
        LiveOwners? owners = null;
        try
        {
            capture = Devices.Open(Device, new LiveOptions { Promiscuous = false, BufferBytes = BufferBytes });
            owners = LiveOwners.Open(Device);
            capture.Apply(capture.Compile("tcp or icmp or icmp6"));
            ForkWatch? forks;
            using (Privileges.Raise()) forks = ForkWatch.Open();
            Privileges.Drop();
            if (owners is not null) return new HostRun(capture, owners, forks, command, environment);
            forks?.Dispose();
        }
        catch (CaptureException)
        {
            // As a user who may not capture.
        }

        owners?.Dispose();
        capture?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public IRecordSource Packets => _packets;

    /// <inheritdoc/>
    public CaptureInterface Interface => new(_capture.LinkType, _capture.SnapLength) { Name = Device };

    /// <inheritdoc/>
    public (string English, string Portuguese)? Origin => null;

    /// <inheritdoc/>
    public IConnectionOwners? Owners => _owners;

    /// <inheritdoc/>
    public Action Waiting { set => _waiting = value; }

    /// <inheritdoc/>
    public long Dropped => _capture.Statistics.DroppedByKernel - _lostBefore;

    /// <inheritdoc/>
    public IReadOnlyCollection<PathNote> Paths => [];

    /// <inheritdoc/>
    public void Signal(int signal) => OwnNetworkCommand.Signal(_process.Id, signal);

    /// <inheritdoc/>
    public int Wait()
    {
        _process.WaitForExit();
        Thread.Sleep(LastWords);
        _capture.Stop();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ticks.Dispose();
        Packets.Dispose();
        _owners.Dispose();
        _forks?.Dispose();
        _process.Dispose();
    }
}
