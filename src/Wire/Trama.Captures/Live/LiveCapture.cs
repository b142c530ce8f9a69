using Trama.Captures.Filters;
using Trama.Captures.Native;
using Trama.Packets;

namespace Trama.Captures.Live;

/// <summary>
/// Packets of a device, as they come. Opening needs the privilege to capture (on Linux <c>CAP_NET_RAW</c>); nothing after it does.
/// One thread reads; <see cref="Stop"/> may be called from any.
/// </summary>
public sealed class LiveCapture : IRecordSource
{
    // Where a device stamps by a clock of its own, traffic that goes on ends by this one.
    private const long LongestRestNs = 10_000_000_000;

    private readonly PcapHandle _handle;
    private readonly PacketBatch _batch;
    private readonly TimeSpan _grace;
    private readonly Timer _end;
    private readonly Lock _waking = new();
    private volatile bool _stopped;
    private bool _isDraining;
    private long _endsAtNs;

    private LiveCapture(PcapHandle handle, string device, uint netmask, TimeSpan timeout)
    {
        _grace = timeout + TimeSpan.FromMilliseconds(50);
        _end = new Timer(_ => End());
        _handle = handle;
        Device = device;
        Netmask = netmask;
        LinkType = LinkTypes.FromDataLink(Libpcap.DataLink(handle));
        SnapLength = Libpcap.SnapLength(handle);
        _batch = new PacketBatch(LinkType, PcapOpening.HasNanoseconds(handle));
    }

    /// <summary>The device's name.</summary>
    public string Device { get; }

    /// <summary>The link type of the packets.</summary>
    public LinkType LinkType { get; }

    /// <summary>How many bytes of a packet are captured at most.</summary>
    public int SnapLength { get; }

    /// <summary>The device's IPv4 network mask in network byte order, for filters; 0 when it has none.</summary>
    public uint Netmask { get; }

    /// <summary>Called when no packet is at hand, before waiting for the next: the moment to show what was held back.</summary>
    public Action? Waiting { get; set; }

    /// <summary>What the kernel counted so far.</summary>
    public CaptureStatistics Statistics => PcapOpening.Statistics(_handle, Device);

    /// <summary>Starts capturing.</summary>
    /// <param name="device">The device's name; <c>any</c> for all of them.</param>
    /// <param name="options">How to capture.</param>
    /// <exception cref="CaptureException">It cannot be captured on, or libpcap is missing.</exception>
    public static LiveCapture Open(string device, LiveOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        ArgumentNullException.ThrowIfNull(options);
        LibpcapLoader.Require();
        return new LiveCapture(PcapOpening.Open(device, options), device, PcapOpening.Netmask(device), options.Timeout);
    }

    /// <summary>Compiles a filter for this device. It does nothing yet: see <see cref="Apply"/>.</summary>
    /// <exception cref="CaptureException">The expression is wrong.</exception>
    public PacketFilter Compile(string expression, bool optimize = true) =>
        PacketFilter.Of(expression, LinkType, FilterCompiler.Compile(_handle, expression, optimize, Netmask));

    /// <summary>Has the kernel deliver only packets that match.</summary>
    /// <exception cref="CaptureException">The kernel refuses the filter.</exception>
    public void Apply(PacketFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (FilterCompiler.Apply(_handle, filter.Program.ToArray()) != 0)
            throw new CaptureException(CaptureFailure.Other, Device, _handle.ErrorText);
    }

    /// <inheritdoc/>
    /// <exception cref="CaptureException">The device went away or failed.</exception>
    public bool TryRead(out Record record)
    {
        bool isOver;
        while (!TryReadSoon(out record, out isOver) && !isOver)
        {
            // Nothing came yet.
        }

        return !isOver;
    }

    /// <summary>Takes the next packet, and waits for one no longer than until the next <see cref="Wake"/>.</summary>
    /// <param name="record">The packet, valid until the next one.</param>
    /// <param name="isOver">Whether the capture is stopped, and all that arrived was read.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CaptureException">The device went away.</exception>
    public bool TryReadSoon(out Record record, out bool isOver)
    {
        isOver = false;
        if (_batch.TryTake(out record)) return true;
        if (_stopped) return TryReadRest(out record, out isOver);
        Waiting?.Invoke();
        int status = _batch.Fill(_handle);
        if (status < 0 && status != PcapStatus.Break) throw PcapStatus.ReadFailure(Device, status, _handle.ErrorText);
        return _batch.TryTake(out record);
    }

    /// <summary>
    /// Ends the capture: <see cref="TryRead"/> still gives what arrived before, then returns false. The kernel hands packets over
    /// only when a block is full or <see cref="LiveOptions.Timeout"/> has passed, so that is how long it takes.
    /// </summary>
    public void Stop()
    {
        _endsAtNs = Now + _grace.Ticks * TimeSpan.NanosecondsPerTick;
        _end.Change(_grace, Timeout.InfiniteTimeSpan);
    }

    private static long Now => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private void End()
    {
        _stopped = true;
        Wake();
    }

    // What the kernel has still, without waiting: on a busy machine the reader may be far behind when the capture is stopped.
    private bool TryReadRest(out Record record, out bool isOver)
    {
        lock (_waking)
        {
            // libpcap closes what wakes it, then.
            if (!_isDraining) PcapOpening.NeverWait(_handle);
            _isDraining = true;
        }

        int status;
        do status = _batch.Fill(_handle);
        while (status == PcapStatus.Break);
        isOver = !_batch.TryTake(out record) || record.Timestamp.Nanoseconds > _endsAtNs || Now - _endsAtNs > LongestRestNs;
        return !isOver;
    }

    /// <summary>
    /// Has a waiting <see cref="TryRead"/> call <see cref="Waiting"/> and wait on, since libpcap waits for as long as no packet
    /// comes. May be called from any thread.
    /// </summary>
    public void Wake()
    {
        lock (_waking)
        {
            try
            {
                if (!_isDraining) Libpcap.BreakLoop(_handle);
            }
            catch (ObjectDisposedException)
            {
                // Closed before it could be stopped: the same thing.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _handle.Dispose();
        _batch.Dispose();
    }
}
