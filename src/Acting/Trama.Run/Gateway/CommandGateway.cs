using Microsoft.Win32.SafeHandles;
using Trama.Captures.Synthetic;
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
    private const int MostDatagrams = 1024, MostPacketsInARow = 64;
    private const long TagOfDevice = 0, TagOfStop = 1;

    private readonly TunDevice _device;
    private readonly InsideLink _link;
    private readonly Readiness _readiness = new();
    private readonly SafeFileHandle _stop;
    private readonly SegmentDecoder _decoder = new();
    private readonly Dictionary<(Endpoint, Endpoint), Conversation> _conversations = [];
    private readonly Dictionary<(Endpoint, Endpoint), Datagrams> _datagrams = [];
    private readonly Dictionary<long, Conversation> _conversationOf = [];
    private readonly Dictionary<long, Datagrams> _datagramsOf = [];
    private readonly LoopbackFlows _loopback;
    private readonly PriorityQueue<Conversation, long> _due = new();
    private readonly byte[] _packet = new byte[TunDevice.LargestPacket], _scratch = new byte[TunDevice.LargestPacket];
    private long _lastTag = TagOfStop;
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
        _stop = new SafeFileHandle(Libc.NewEvent(0, 0x80800), ownsHandle: true);
        DescriptorPassing.MakeNonblocking(device.Handle);
        _readiness.Watch(device.Handle, TagOfDevice, always: true);
        _readiness.Watch(_stop, TagOfStop, always: true);
    }

    /// <summary>Told of each connection that is over: its two ends and what its real path was like.</summary>
    public Action<PathNote>? Ended { get; init; }

    /// <summary>How many connections there were.</summary>
    public long Connections { get; private set; }

    /// <summary>Whether a connection is not over.</summary>
    public bool IsBusy => _openConversations > 0;

    /// <summary>Passes on until it is stopped.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            int count = _readiness.Wait(Patience());
            for (int i = 0; i < count; i++)
            {
                (uint events, long tag) = _readiness.Change(i);
                if (tag == TagOfDevice) TakePackets();
                else if (_conversationOf.TryGetValue(tag, out Conversation? conversation)) Go(conversation, events);
                else if (_datagramsOf.TryGetValue(tag, out Datagrams? datagrams)) datagrams.Notice(_scratch);
            }

            WakeThoseDue();
            _openConversations = _conversations.Count(pair => !pair.Value.IsClosing);
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
        foreach (Datagrams datagrams in _datagrams.Values) datagrams.Dispose();
        _readiness.Dispose();
        _stop.Dispose();
        _device.Dispose();
    }

    private int Patience()
    {
        if (!_due.TryPeek(out _, out long at)) return -1;
        long wait = at - Clock.Now;
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
        else if (Datagram.TryRead(packet, out Datagram datagram)) Take(datagram, packet);
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
        else if (!opens && (segment.Flags & TcpFlags.Rst) == 0) Conversation.Deny(_link, segment);
    }

    private void Begin(in TcpSegment syn, ReadOnlySpan<byte> packet)
    {
        Connections++;
        var conversation = new Conversation(_link, syn, packet) { Tag = ++_lastTag };
        _conversations[(syn.Source, syn.Destination)] = conversation;
        conversation.Begin();
        if (conversation.Far is { } far)
        {
            _conversationOf[conversation.Tag] = conversation;
            _readiness.Watch(far.Socket.SafeHandle, conversation.Tag);
        }

        Plan(conversation);
    }

    private void Take(in Datagram datagram, ReadOnlySpan<byte> packet)
    {
        (Endpoint, Endpoint) key = (datagram.Source, datagram.Destination);
        if (!_datagrams.TryGetValue(key, out Datagrams? datagrams))
        {
            ForgetIdleDatagrams();
            if (_datagrams.Count >= MostDatagrams || Datagrams.Open(_link, datagram, packet) is not { } made) return;
            _datagrams[key] = datagrams = made;
            _datagramsOf[++_lastTag] = datagrams;
            _readiness.Watch(datagrams.Socket.SafeHandle, _lastTag);
        }

        datagrams.Hear(datagram.Payload, packet);
    }

    private void ForgetIdleDatagrams()
    {
        if (_datagrams.Count < MostDatagrams / 2) return;
        long now = Clock.Now;
        foreach (((Endpoint, Endpoint) key, Datagrams datagrams) in _datagrams)
        {
            if (!datagrams.IsIdle(now)) continue;
            _datagrams.Remove(key);
            datagrams.Dispose();
        }

        foreach (long tag in _datagramsOf.Where(pair => pair.Value.Socket.SafeHandle.IsClosed).Select(pair => pair.Key).ToArray())
            _datagramsOf.Remove(tag);
    }

    private void Go(Conversation conversation, uint events)
    {
        conversation.Notice(events, _scratch);
        Plan(conversation);
    }

    private void Plan(Conversation conversation)
    {
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
        (Endpoint, Endpoint) key = (conversation.Client, conversation.Server);
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
