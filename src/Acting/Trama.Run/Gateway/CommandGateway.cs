using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Captures.Synthetic;
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
    private const int MostPacketsInARow = 64;
    private const long TagOfDevice = 0, TagOfStop = 1;

    private readonly TunDevice _device;
    private readonly InsideLink _link;
    private readonly Readiness _readiness = new();
    private readonly SafeFileHandle _stop;
    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(Endpoint, Endpoint), Conversation> _conversations = [];
    private readonly Dictionary<long, Conversation> _conversationOf = [];
    private readonly Dictionary<long, (IPEndPoint At, Socket Listener)> _visitedAt = [];
    private readonly DatagramFlows _datagrams;
    private readonly LoopbackFlows _loopback;
    private readonly PriorityQueue<Conversation, long> _due = new();
    private readonly byte[] _packet = new byte[TunDevice.LargestPacket], _scratch = new byte[TunDevice.LargestPacket];
    private long _lastTag = TagOfStop;
    private PublishedPorts? _ports;
    private long _lookAt;
    private volatile int _openConversations;
    private volatile bool _isStopping;

    /// <summary>Makes the gateway at the far end of a device.</summary>
    /// <param name="device">The device, which is closed with the gateway.</param>
    /// <param name="seen">Takes every packet, of either direction, as raw IP; called by the gateway's thread.</param>
    public CommandGateway(TunDevice device, RecordReceiver seen)
    {
        _device = device;
        _link = new InsideLink(device, seen);
        _loopback = new LoopbackFlows(_link);
        _datagrams = new DatagramFlows(_link, _readiness);
        _stop = new SafeFileHandle(Libc.NewEvent(0, 0x80800), ownsHandle: true);
        DescriptorPassing.MakeNonblocking(device.Handle);
        _readiness.Watch(device.Handle, TagOfDevice, always: true);
        _readiness.Watch(_stop, TagOfStop, always: true);
    }

    /// <summary>Told of each connection that is over: its two ends and what its real path was like.</summary>
    public Action<PathNote>? Ended { get; init; }

    /// <summary>Told of a port of the command's that cannot be opened on this machine, and why.</summary>
    public Action<IPEndPoint, string>? NotPublished { get; init; }

    /// <summary>Whether a connection is not over.</summary>
    public bool IsBusy => _openConversations > 0;

    /// <summary>Passes on until it is stopped.</summary>
    /// <param name="process">The number of the command's process.</param>
    public void Run(int process)
    {
        _ports = new PublishedPorts(process, (place, reason) => NotPublished?.Invoke(place, reason));
        while (!_isStopping)
        {
            int count = _readiness.Wait(Patience());
            for (int i = 0; i < count; i++)
            {
                (uint events, long tag) = _readiness.Change(i);
                if (tag == TagOfDevice) TakePackets();
                else if (_conversationOf.TryGetValue(tag, out Conversation? conversation)) Go(conversation, events);
                else if (_visitedAt.TryGetValue(tag, out (IPEndPoint At, Socket Listener) visited)) Receive(visited.At, visited.Listener);
                else _datagrams.Notice(tag, _scratch);
            }

            WakeThoseDue();
            Publish();
        }
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
        foreach (Conversation conversation in _conversations.Values) End(conversation);
        _datagrams.Dispose();
        _ports?.Dispose();
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
        for (int i = 0; i < MostPacketsInARow && _device.Read(_packet) is > 0 and int length; i++) Take(_packet.AsSpan(0, length));
    }

    private void Take(ReadOnlySpan<byte> packet)
    {
        bool isSegment = Decode(packet, out TcpSegment segment);
        if (isSegment && _loopback.Refused(segment) is { } syn)
        {
            if (Decode(syn, out TcpSegment asked)) Begin(asked, syn);
            return;
        }

        _link.Show(packet);
        if (isSegment) Take(segment, packet);
        else if (Datagram.TryRead(packet, out Datagram datagram)) _datagrams.Take(datagram, packet, ref _lastTag);
    }

    private bool Decode(ReadOnlySpan<byte> packet, out TcpSegment segment) =>
        _decoder.Decode(new Record(default, LinkType.Raw, packet, packet.Length), out segment) == Decoded.Segment;

    private void Take(in TcpSegment segment, ReadOnlySpan<byte> packet)
    {
        bool opens = (segment.Flags & (TcpFlags.Syn | TcpFlags.Ack)) == TcpFlags.Syn;
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

        if (!opens && _loopback.Passes(segment, packet)) return;
        if (opens && !_loopback.Asks(segment, packet)) Begin(segment, packet);
        else if (!opens && (segment.Flags & TcpFlags.Rst) == 0) NearSide.Deny(_link, segment);
    }

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
        _lookAt = Clock.Now + PublishedPorts.IntervalNs;
        foreach ((long tag, _) in _visitedAt.Where(pair => pair.Value.Listener.SafeHandle.IsClosed).ToArray()) _visitedAt.Remove(tag);
        foreach ((IPEndPoint at, Socket listener) in _ports!.Look())
        {
            _visitedAt[++_lastTag] = (at, listener);
            _readiness.Watch(listener.SafeHandle, _lastTag, always: true);
        }
    }

    // Somebody connects to a port of the command's.
    private void Receive(IPEndPoint at, Socket listener)
    {
        if (Visit.Accept(listener, at) is { } visit)
            Begin(new Conversation(_link, visit.Far, visit.Visitor, visit.Visited) { Tag = ++_lastTag });
    }

    private void WakeThoseDue()
    {
        while (_due.TryPeek(out Conversation? conversation, out long at) && at <= Clock.Now)
        {
            _due.Dequeue();
            // An earlier plan of its own may have come in between.
            if (conversation.PlannedAt == at) conversation.PlannedAt = 0;
            if (conversation.IsOver) continue;
            conversation.Wake(_scratch);
            Plan(conversation);
        }
    }

    private void Forget(Conversation conversation)
    {
        (Endpoint, Endpoint) key = (conversation.Near, conversation.Distant);
        if (_conversations.TryGetValue(key, out Conversation? known) && known == conversation) _conversations.Remove(key);
        _conversationOf.Remove(conversation.Tag);
        End(conversation);
    }

    private void End(Conversation conversation)
    {
        if (conversation.Note() is { } note) Ended?.Invoke(note);
        conversation.Dispose();
    }
}
