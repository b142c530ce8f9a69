using Trama.Captures;
using Trama.Captures.Live;
using Trama.Cli.Capturing;
using Trama.Cli.Reporting;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>What some processes of this machine say, where capturing is allowed: the wire's packets, on all devices.</summary>
internal sealed class TreeCapture : IDisposable
{
    private const string Device = "any";
    private const int BufferBytes = 32 << 20;

    private readonly LiveCapture _capture;
    private readonly LiveOwners _owners;
    private readonly TreePackets _packets;
    private readonly Timer _ticks;

    // What was lost until the filter held is of others.
    private readonly long _lostBefore;

    private TreeCapture(LiveCapture capture, LiveOwners owners, Func<int, bool> isOfTree)
    {
        (_capture, _owners) = (capture, owners);
        _lostBefore = capture.Statistics.DroppedByKernel;
        _packets = new TreePackets(capture, owners, isOfTree);
        capture.Waiting = () => Waiting();
        _ticks = new Timer(_ => capture.Wake(), null, SilentReplies.Interval, SilentReplies.Interval);
    }

    /// <summary>Begins to capture, with root's rights where there are any; null where nobody tells whose a connection is.</summary>
    /// <param name="isOfTree">Whether a process is one of those; asked from another thread.</param>
    /// <exception cref="CaptureException">Capturing is not allowed.</exception>
    public static TreeCapture? Open(Func<int, bool> isOfTree)
    {
        LiveCapture capture = Devices.Open(Device, new LiveOptions { Promiscuous = false, BufferBytes = BufferBytes });
        LiveOwners? owners = null;
        try
        {
            owners = LiveOwners.Open(Device);
            capture.Apply(capture.Compile("tcp or icmp or icmp6 or udp port 53"));
            if (owners is not null) return new TreeCapture(capture, owners, isOfTree);
        }
        catch (CaptureException)
        {
            owners?.Dispose();
            capture.Dispose();
            throw;
        }

        capture.Dispose();
        return null;
    }

    /// <summary>The packets, for one other thread.</summary>
    public IRecordSource Packets => _packets;

    /// <summary>What they come from.</summary>
    public CaptureInterface Interface => new(_capture.LinkType, _capture.SnapLength) { Name = Device };

    /// <summary>Whose the connections are.</summary>
    public IConnectionOwners Owners => _owners;

    /// <summary>The names that DNS told this machine. Whose a query is cannot be known: mostly a service of the system asks.</summary>
    public AskedNames Names => _packets.Names;

    /// <summary>Called before the reader waits, and every so often while it does.</summary>
    public Action Waiting { get; set; } = () => { };

    /// <summary>How many packets are missing.</summary>
    public long Dropped => _capture.Statistics.DroppedByKernel - _lostBefore + _packets.Lost;

    /// <summary>No more packets come.</summary>
    public void Stop() => _capture.Stop();

    /// <inheritdoc/>
    public void Dispose()
    {
        _ticks.Dispose();
        _packets.Dispose();
        _owners.Dispose();
    }
}
