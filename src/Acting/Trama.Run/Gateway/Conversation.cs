using System.Net.Sockets;
using Trama.Packets.Building;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>
/// A TCP connection of the command: ended here, and continued by a real socket. Towards the command nothing is answered before the far
/// side answered it: not the SYN, not data, not the end.
/// </summary>
internal sealed class Conversation : IDisposable
{
    // The window of each side is scaled by so many bits (RFC 7323 section 2).
    private const int OwnScale = 8;

    // After both ends, a last segment of the command's may still be on its way.
    private const long LingerNs = 1_000_000_000;
    private const long FirstLookNs = 1_000_000, MostBetweenLooksNs = 100_000_000;

    private readonly InsideLink _link;
    private readonly byte[] _opening;
    private readonly InsideStream _inside;
    private readonly OutsideStream _outside;
    private FarSocket? _far;
    private bool _isAnswered, _isOpen, _isReadable, _isSilent;
    private long _waitsSince, _lookAt, _overAt;

    /// <summary>Begins with the command's SYN.</summary>
    public Conversation(InsideLink link, in TcpSegment syn, ReadOnlySpan<byte> packet)
    {
        (_link, Client, Server, _opening) = (link, syn.Source, syn.Destination, packet.ToArray());
        var options = SynOptions.Read(syn.Options, syn.Source.Address.IsIpv6);
        _inside = new InsideStream(new SequenceNumber((uint)Random.Shared.NextInt64()))
        {
            Scale = options.Scale ?? 0,
            LargestSegment = Math.Min(options.LargestSegment, InsideLink.Mtu - SynOptions.HeadersOf(syn.Source.Address.IsIpv6)),
        };
        IsScaled = options.Scale is not null;
        _outside = new OutsideStream(syn.Sequence);
    }

    /// <summary>The command's end.</summary>
    public Endpoint Client { get; }

    /// <summary>Where the command connects to.</summary>
    public Endpoint Server { get; }

    /// <summary>The real socket, once there is one.</summary>
    public FarSocket? Far => _far;

    /// <summary>Whether nothing more is expected of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether both sides have ended it.</summary>
    public bool IsClosing => IsOver || _overAt != 0;

    /// <summary>What the changes of its real socket are told with.</summary>
    public long Tag { get; init; }

    /// <summary>When it is to be woken, as far as that is planned, in nanoseconds; 0 when it is not.</summary>
    public long PlannedAt { get; set; }

    private bool IsScaled { get; }

    /// <summary>When it wants to be called though nothing happened, in nanoseconds; 0 when it does not.</summary>
    public long DueAt
    {
        get
        {
            long due = Math.Min(NotZero(_inside.AgainAt), NotZero(_lookAt));
            due = Math.Min(due, NotZero(_overAt));
            return due == long.MaxValue ? 0 : due;
        }
    }

    /// <summary>Starts to connect to the far side.</summary>
    public void Begin()
    {
        _far = FarSocket.Connect(Server, out Refusal refusal);
        if (_far is null) Refuse(refusal);
    }

    /// <summary>The real socket can go on.</summary>
    public void Notice(uint events, byte[] scratch)
    {
        if (_far is null || IsOver) return;
        if (!_isAnswered)
        {
            if ((events & (Native.Readiness.Writable | Native.Readiness.Failed)) == 0) return;
            if (_far.Failure() is not Refusal.None and var refusal) Refuse(refusal);
            else Answer();
        }

        if ((events & Native.Readiness.Writable) != 0) _outside.Flush(_far);
        _isReadable |= (events & (Native.Readiness.Readable | Native.Readiness.Failed)) != 0;
        Pour(scratch);
    }

    /// <summary>The command sent a segment.</summary>
    public void Hear(in TcpSegment segment, byte[] scratch)
    {
        if (IsOver || _isSilent || _far is null) return;
        if ((segment.Flags & TcpFlags.Rst) != 0)
        {
            _far.Abort();
            IsOver = true;
            return;
        }

        if ((segment.Flags & TcpFlags.Syn) != 0)
        {
            if (_isAnswered) SendOpening();
            return;
        }

        if (!_isAnswered || (segment.Flags & TcpFlags.Ack) == 0) return;
        _isOpen = true;
        long now = Clock.Now;
        bool ends = (segment.Flags & TcpFlags.Fin) != 0, carries = segment.Payload.Length > 0 || ends;
        if (_inside.Hear(segment.Acknowledgement, segment.Window, !carries, now)) SayAgain(now);
        bool isOld = segment.Sequence < _outside.Expected && !carries;
        if (carries && !_outside.Take(segment.Sequence, segment.Payload, ends, _far)) isOld = true;
        if (isOld) Acknowledge();
        if (carries) Follow(now);
        Pour(scratch);
        EndIfDone(now);
    }

    /// <summary>Something that it waited for is due.</summary>
    public void Wake(byte[] scratch)
    {
        long now = Clock.Now;
        if (_overAt != 0 && now >= _overAt) IsOver = true;
        if (IsOver || _isSilent || _far is null) return;
        if (_inside.AgainAt != 0 && now >= _inside.AgainAt) SayAgain(now);
        if (_lookAt != 0 && now >= _lookAt) Follow(now);
        Pour(scratch);
        EndIfDone(now);
    }

    /// <summary>What its real path was like; null when there was none.</summary>
    public PathNote? Note()
    {
        if (!_isAnswered || _far is null || _far.Socket.SafeHandle.IsClosed) return null;
        _far.Look();
        return new PathNote(Client, Server, TimeSpan.FromMicroseconds(_far.RoundTripMicroseconds), _far.Retransmitted);
    }

    /// <summary>Answers a segment that belongs to no connection (RFC 9293 section 3.10.7.1).</summary>
    public static void Deny(InsideLink link, in TcpSegment segment) => link.Send(segment.Destination, segment.Source, new TcpFields(
        segment.Destination.Port, segment.Source.Port, segment.Acknowledgement, default, TcpFlags.Rst, 0), [], []);

    /// <inheritdoc/>
    public void Dispose() => _far?.Dispose();

    private static long NotZero(long time) => time == 0 ? long.MaxValue : time;

    private void Answer()
    {
        _isAnswered = true;
        _outside.Follow(_far!);
        SendOpening();
    }

    private void SendOpening()
    {
        Span<byte> options = stackalloc byte[SynOptions.Length];
        SynOptions.Write(options, Server.Address.IsIpv6, IsScaled ? OwnScale : null);
        // A SYN-ACK's window is never scaled.
        ushort window = (ushort)Math.Min(_outside.Window, ushort.MaxValue);
        _link.Send(Server, Client, new TcpFields(Server.Port, Client.Port, _inside.Start, _outside.Acknowledged,
            TcpFlags.Syn | TcpFlags.Ack, window), options, []);
    }

    private void Refuse(Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.Reset:
                _link.Send(Server, Client, new TcpFields(Server.Port, Client.Port, default, _outside.Expected,
                    TcpFlags.Rst | TcpFlags.Ack, 0), [], []);
                break;
            case Refusal.NetworkUnreachable or Refusal.HostUnreachable or Refusal.Prohibited:
                _link.Send(UnreachableMessage.Of(Unreachable.Reporter(Server.Address), _opening,
                    Unreachable.Code(refusal, Server.Address.IsIpv6)));
                break;
            default:
                // Nobody answered: nobody answers.
                _isSilent = true;
                return;
        }

        IsOver = true;
    }

    // What the far side said, as far as the command has room for it.
    private void Pour(byte[] scratch)
    {
        // A reset that comes after the far side's end is not found by reading.
        if (_isReadable && _inside.HasEnded && _far!.Failure() == Refusal.Reset)
        {
            Fail(SocketError.ConnectionReset);
            return;
        }

        while (_isReadable && _isOpen && !_inside.HasEnded && _inside.Room is > 0 and int room)
        {
            int count = _far!.Socket.Receive(scratch.AsSpan(0, room), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                _isReadable = false;
                return;
            }

            long now = Clock.Now;
            if (error != SocketError.Success || (count == 0 && _far.WasReset))
            {
                Fail(error);
                return;
            }

            Follow(now);
            SequenceNumber at = _inside.Next;
            if (count == 0) _inside.End(now);
            else _inside.Say(scratch.AsSpan(0, count), now);
            Send(count == 0 ? TcpFlags.Fin | TcpFlags.Ack : TcpFlags.Psh | TcpFlags.Ack, at, scratch.AsSpan(0, count));
        }
    }

    private void Fail(SocketError error)
    {
        // A connection that timed out is silent: the command's kernel finds that out as any would.
        if (error == SocketError.TimedOut)
        {
            _isSilent = true;
            return;
        }

        Send(TcpFlags.Rst | TcpFlags.Ack, _inside.Next, []);
        IsOver = true;
    }

    private void SayAgain(long now)
    {
        ReadOnlySpan<byte> again = _inside.Again(now, out SequenceNumber at);
        bool isEnd = _inside.HasEnded && at + again.Length + 1 == _inside.Next;
        Send((isEnd ? TcpFlags.Fin : TcpFlags.None) | TcpFlags.Psh | TcpFlags.Ack, at, again);
    }

    private void Follow(long now)
    {
        if (_outside.Follow(_far!))
        {
            Acknowledge();
            _waitsSince = 0;
        }

        if (!_outside.Waits)
        {
            (_waitsSince, _lookAt) = (0, 0);
            return;
        }

        if (_waitsSince == 0) _waitsSince = now;
        // Looked at often at first, then by a sixteenth of what it took so far.
        _lookAt = now + Math.Clamp((now - _waitsSince) / 16, FirstLookNs, MostBetweenLooksNs);
    }

    private void Acknowledge() => Send(TcpFlags.Ack, _inside.Next, []);

    private void Send(TcpFlags flags, SequenceNumber at, ReadOnlySpan<byte> payload) => _link.Send(Server, Client,
        new TcpFields(Server.Port, Client.Port, at, _outside.Acknowledged, flags, ScaledWindow), [], payload);

    private ushort ScaledWindow
    {
        get
        {
            int scale = IsScaled ? OwnScale : 0;
            // Rounded up: a window of less than one unit is still open.
            return (ushort)Math.Min(ushort.MaxValue, _outside.Window + (1L << scale) - 1 >> scale);
        }
    }

    private void EndIfDone(long now)
    {
        if (_overAt == 0 && _inside.IsDone && _outside.IsDone) _overAt = now + LingerNs;
    }
}
