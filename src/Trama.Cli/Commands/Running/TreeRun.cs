using Trama.Captures;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// A run of which the machine's own packets are kept as far as they belong to a tree of processes: nothing is in between.
/// </summary>
/// <param name="capture">The packets; disposed with it.</param>
internal abstract class TreeRun(TreeCapture capture) : ICommandRun
{
    /// <summary>Where the packets come from.</summary>
    protected TreeCapture Capture { get; } = capture;

    /// <inheritdoc/>
    public IRecordSource Packets => Capture.Packets;

    /// <inheritdoc/>
    public CaptureInterface Interface => Capture.Interface;

    /// <inheritdoc/>
    public (string English, string Portuguese)? Origin => null;

    /// <inheritdoc/>
    public IConnectionOwners? Owners => Capture.Owners;

    /// <inheritdoc/>
    public Action Waiting { set => Capture.Waiting = value; }

    /// <inheritdoc/>
    public long Dropped => Capture.Dropped;

    /// <inheritdoc/>
    public RealPaths? Paths => null;

    /// <inheritdoc/>
    public SeenDatagrams? Datagrams => null;

    /// <inheritdoc/>
    public AskedNames Names => Capture.Names;

    /// <inheritdoc/>
    public virtual SeenUnixSockets? UnixSockets => null;

    /// <inheritdoc/>
    public long WithoutHandle => 0;

    /// <inheritdoc/>
    public abstract void Signal(int signal);

    /// <inheritdoc/>
    public abstract int Wait();

    /// <inheritdoc/>
    public virtual void Dispose() => Capture.Dispose();
}
