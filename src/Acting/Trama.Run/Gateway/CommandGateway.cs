using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Run.Native;

namespace Trama.Run.Gateway;

/// <summary>
/// The way out of a command's own network: what the command says to others is continued by real sockets of this process, and nothing is
/// answered that the far side did not answer. One thread does it all; it sleeps when nothing happens.
/// </summary>
public sealed class CommandGateway : IDisposable
{
    private const int MostPacketsInARow = 64, ShareOfTime = 16;
    private const long TagOfDevice = 0, TagOfStop = 1;

    private readonly IDeviceEnd _device;
    private readonly OwnNetworkSettings _settings;
    private readonly InsideLink _link;
    private readonly Readiness _readiness = new();
    private readonly SafeFileHandle _stop;
    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(Endpoint, Endpoint), Conversation> _conversations = [];
    private readonly Dictionary<long, Conversation> _conversationOf = [];
    private readonly Dictionary<long, (IPEndPoint At, Socket Listener)> _visitedAt = [];
    private readonly Ipv6Loopback? _ipv6Loopback;
    private readonly Flows _flows;
    private readonly LoopbackFlows _loopback;
    private readonly PriorityQueue<Conversation, long> _due = new();
    private readonly byte[] _packet = new byte[IDeviceEnd.LargestPacket], _scratch = new byte[IDeviceEnd.LargestPacket];
    private long _lastTag = TagOfStop;
    private readonly PublishedPorts _ports;
    private readonly InsideDrops _drops;
    private long _lookAt, _dropped;
    private bool _visitsWait, _packetsWait;
    private volatile int _openConversations;
    private volatile bool _isStopping;

    /// <summary>Makes the gateway at the far end of a device.</summary>
    /// <param name="process">The number of the command's process.</param>
    /// <param name="sockets">The sockets of its network.</param>
    /// <param name="device">The device, which is closed with the gateway.</param>
    /// <param name="loopback">The way in for packets of ::1, closed with it too; null where there is none.</param>
    /// <param name="settings">Who is told of what.</param>
    public CommandGateway(int process, InsideSockets sockets, IDeviceEnd device, LoopbackEntry? loopback, OwnNetworkSettings settings)
    {
        (_device, _settings) = (device, settings);
        _ipv6Loopback = loopback is null ? null : new Ipv6Loopback(loopback);
        _link = new InsideLink(device, _ipv6Loopback, settings);
        _loopback = new LoopbackFlows(_link);
        _flows = new Flows(sockets, _link, _readiness);
        _ports = new PublishedPorts(sockets, settings);
        _drops = new InsideDrops(process);
        _stop = new SafeFileHandle(Libc.NewEvent(0, 0x80800), ownsHandle: true);
        DescriptorPassing.MakeNonblocking(device.Handle);
        _readiness.Watch(device.Handle, TagOfDevice, always: true);
        _readiness.Watch(_stop, TagOfStop, always: true);
    }

    /// <summary>Whether a connection is not over.</summary>
    public bool IsBusy => _openConversations > 0;

    /// <summary>How many of the command's packets found no room here; after <see cref="Run"/>.</summary>
    public long Lost => _device.Lost + _dropped;

    /// <summary>How many attempts to connect had to wait, since this process had no file handle left; after <see cref="Run"/>.</summary>
    public long WithoutHandle { get; private set; }

    /// <summary>Passes on until it is stopped.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            int count = _readiness.Wait(Patience());
            _packetsWait = false;
            for (int i = 0; i < count; i++)
            {
                (uint events, long tag) = _readiness.Change(i);
                if (tag == TagOfDevice) TakePackets();
                else if (_conversationOf.TryGetValue(tag, out Conversation? conversation)) Go(conversation, events);
                else if (_visitedAt.TryGetValue(tag, out (IPEndPoint At, Socket Listener) visited)) Receive(visited.At, visited.Listener);
                else _flows.Notice(tag, _scratch);
            }

            WakeThoseDue();
            Publish();
        }

        _dropped = _drops.Count();
        foreach (Conversation conversation in _conversations.Values)
            if (conversation.Note() is { } note) _settings.Measured(note);
    }

    /// <summary>Ends <see cref="Run"/>; from any thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        RandomAccess.Write(_stop, [1, 0, 0, 0, 0, 0, 0, 0], 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Conversation conversation in _conversations.Values) conversation.Dispose();
        _flows.Dispose();
        _ports.Dispose();
        _drops.Dispose();
        _ipv6Loopback?.Dispose();
        _readiness.Dispose();
        _stop.Dispose();
        _device.Dispose();
    }

    private int Patience()
    {
        long wait = Math.Min(_due.TryPeek(out _, out long at) ? at : long.MaxValue, _lookAt) - Clock.Now;
        return wait <= 0 ? 0 : (int)Math.Min(wait / 1_000_000 + 1, int.MaxValue);
    }

    private void TakePackets()
    {
        for (int i = 0; i < MostPacketsInARow; i++)
        {
            if (_device.Read(_packet) is not (> 0 and var length)) return;
            Take(_packet.AsSpan(0, length));
        }

        _packetsWait = true;
    }

    private void Take(Span<byte> packet)
    {
        Ipv6Loopback.Restore(packet);
        bool isSegment = Decode(packet, out TcpSegment segment);
        if (isSegment && _loopback.Refused(segment) is { } syn)
        {
            if (Decode(syn, out TcpSegment asked)) Begin(asked, syn);
            return;
        }

        // The command's kernel was asked twice, and refuses a second time what is this machine's by now.
        if (isSegment && (segment.Flags & TcpFlags.Rst) != 0 && _conversations.ContainsKey((segment.Destination, segment.Source))) return;

        // What cannot be continued counts as not arrived: the command's kernel says it again, and no wire is to blame.
        if (isSegment && Opens(segment))
        {
            if (!Readiness.HasHandle(_loopback.Asked(Clock.Now)))
            {
                WithoutHandle++;
                return;
            }

            _settings.Opening(segment.Source, segment.Destination);
        }

        _link.Show(packet);
        if (isSegment) Take(segment, packet);
        else _flows.Take(packet, ref _lastTag);
    }

    private bool Decode(ReadOnlySpan<byte> packet, out TcpSegment segment) =>
        _decoder.Decode(new Record(default, LinkType.Raw, packet, packet.Length), out segment) == Decoded.Segment;

    private void Take(in TcpSegment segment, ReadOnlySpan<byte> packet)
    {
        bool opens = Opens(segment);
        if (_conversations.TryGetValue((segment.Source, segment.Destination), out Conversation? conversation))
        {
            if (!opens || !conversation.IsClosing)
            {
                conversation.Hear(segment, _scratch);
                Plan(conversation);
                return;
            }

            Forget(conversation);
        }

        if (!opens && _loopback.Passes(segment, packet, Clock.Now)) return;
        if (opens && !_loopback.Asks(segment, packet, Clock.Now)) Begin(segment, packet);
        else if (!opens && (segment.Flags & TcpFlags.Rst) == 0) NearSide.Deny(_link, segment);
    }

    private static bool Opens(in TcpSegment segment) => (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;

    private void Begin(in TcpSegment syn, ReadOnlySpan<byte> packet)
    {
        Begin(new Conversation(_link, syn, packet) { Tag = ++_lastTag });
    }

    private void Begin(Conversation conversation)
    {
        _openConversations++;
        _conversations[(conversation.Near, conversation.Distant)] = conversation;
        conversation.Begin();
        if (conversation.Far is { } far)
        {
            _conversationOf[conversation.Tag] = conversation;
            _readiness.Watch(far.Socket.SafeHandle, conversation.Tag);
        }

        Plan(conversation);
    }

    private void Go(Conversation conversation, uint events)
    {
        conversation.Notice(events, _scratch);
        Plan(conversation);
    }

    private void Plan(Conversation conversation)
    {
        if (conversation.Far is { IsReplaced: true } far) _readiness.Watch(far.Socket.SafeHandle, conversation.Tag);
        if (conversation.Measure() is { } note) _settings.Measured(note);
        if (conversation.IsClosing && conversation.Leave()) _openConversations--;
        if (conversation.IsOver)
        {
            Forget(conversation);
            return;
        }

        long due = conversation.DueAt;
        if (due == 0 || (conversation.PlannedAt != 0 && conversation.PlannedAt <= due)) return;
        conversation.PlannedAt = due;
        _due.Enqueue(conversation, due);
    }

    private void Publish()
    {
        if (Clock.Now < _lookAt) return;
        long began = Clock.Now;
        foreach ((long tag, _) in _visitedAt.Where(pair => pair.Value.Listener.SafeHandle.IsClosed).ToArray()) _visitedAt.Remove(tag);
        foreach ((IPEndPoint at, Socket listener) in _ports.Look())
        {
            _visitedAt[++_lastTag] = (at, listener);
            _readiness.Watch(listener.SafeHandle, _lastTag);
        }

        // Of thousands of sockets it takes longer, and is done less often.
        _lookAt = Clock.Now + Math.Max(PublishedPorts.IntervalNs, ShareOfTime * (Clock.Now - began));
        if (!_visitsWait) return;
        _visitsWait = false;
        foreach ((IPEndPoint at, Socket listener) in _visitedAt.Values.ToArray()) Receive(at, listener);
    }

    // Somebody connects to a port of the command's. Without a handle left, they wait in the queue.
    private void Receive(IPEndPoint at, Socket listener)
    {
        while (true)
        {
            if (!Readiness.HasHandle())
            {
                _visitsWait = true;
                return;
            }

            if (Visit.Accept(listener, at, _link) is not { } visit) return;
            Begin(new Conversation(_link, visit.Far, visit.Visitor, visit.Visited) { Tag = ++_lastTag });
        }
    }

    private void WakeThoseDue()
    {
        for (int left = _due.Count; left > 0 && _due.TryPeek(out Conversation? conversation, out long at) && at <= Clock.Now; left--)
        {
            _due.Dequeue();
            // An earlier plan of its own may have come in between.
            if (conversation.PlannedAt == at) conversation.PlannedAt = 0;
            if (conversation.IsOver) continue;
            conversation.Wake(_scratch, hasHeard: !_packetsWait);
            Plan(conversation);
        }
    }

    private void Forget(Conversation conversation)
    {
        (Endpoint, Endpoint) key = (conversation.Near, conversation.Distant);
        if (_conversations.TryGetValue(key, out Conversation? known) && known == conversation) _conversations.Remove(key);
        _conversationOf.Remove(conversation.Tag);
        conversation.Dispose();
    }
}
