using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Trama.Namespaces;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;

namespace Trama.Run.Gateway;

/// <summary>
/// A TCP connection of the command: ended here, and continued by a real socket. Towards the command nothing is answered before the far
/// side answered it: not the SYN, not data, not the end.
/// </summary>
internal sealed class Conversation : IDisposable
{
    // After both ends, a last segment of the command's may still be on its way.
    private const long LingerNs = 1_000_000_000;
    private const long PatienceWithVisited = 5_000_000_000;
    private const long FirstLookNs = 1_000_000, MostBetweenLooksNs = 100_000_000;

    private readonly NearSide _near;
    private readonly byte[] _opening;
    private readonly bool _isVisit;
    private InsideStream _inside;
    private OutsideStream _outside;
    private FarSocket? _far;
    private bool _hasLeft, _isAnswered, _isOpen, _isReadable, _isSilent;
    private readonly long _beganAt = Clock.Now;
    private long _waitsSince, _lookAt, _overAt;
    private int _measured;

    /// <summary>Begins with the command's SYN.</summary>
    public Conversation(InsideLink link, in TcpSegment syn, ReadOnlySpan<byte> packet)
    {
        (_near, Near, Distant, _opening) = (new NearSide(link, syn.Source, syn.Destination), syn.Source, syn.Destination, packet.ToArray());
        Meet(syn, NewStart());
    }

    /// <summary>Begins with a connection that somebody made to a port of the command's.</summary>
    public Conversation(InsideLink link, FarSocket far, in Endpoint visitor, in Endpoint visited)
    {
        (_near, _far, Near, Distant, _opening, _isVisit) = (new NearSide(link, visited, visitor), far, visited, visitor, [], true);
        (_inside, _outside) = (new InsideStream(NewStart()), new OutsideStream(default));
    }

    /// <summary>The command's end.</summary>
    public Endpoint Near { get; }

    /// <summary>The other end.</summary>
    public Endpoint Distant { get; }

    /// <summary>The real socket, once there is one.</summary>
    public FarSocket? Far => _far;

    /// <summary>Whether nothing more is expected of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether both sides have ended it.</summary>
    public bool IsClosing => IsOver || _overAt != 0;

    /// <summary>Takes it from those that are open; true the first time.</summary>
    public bool Leave() => !_hasLeft && (_hasLeft = true);

    /// <summary>What the changes of its real socket are told with.</summary>
    public long Tag { get; init; }

    /// <summary>When it is to be woken, as far as that is planned, in nanoseconds; 0 when it is not.</summary>
    public long PlannedAt { get; set; }

    private bool IsScaled { get; set; }

    /// <summary>When it wants to be called though nothing happened, in nanoseconds; 0 when it does not.</summary>
    public long DueAt
    {
        get
        {
            long due = Math.Min(Math.Min(NotZero(_inside.AgainAt), NotZero(_lookAt)), NotZero(_overAt));
            return due == long.MaxValue ? 0 : due;
        }
    }

    /// <summary>Starts to connect: to the far side, or to the program that is visited.</summary>
    public void Begin()
    {
        if (_isVisit)
        {
            SendOpening();
            _lookAt = Clock.Now + PatienceWithVisited;
            return;
        }

        _far = FarSocket.Connect(Distant, _near.Intercept, out Refusal refusal);
        if (_far is null) Refuse(refusal);
    }

    /// <summary>The real socket can go on.</summary>
    public void Notice(uint events, byte[] scratch)
    {
        if (_far is null || IsOver) return;
        if (!_isAnswered && !_isVisit)
        {
            if ((events & (Native.Readiness.Writable | Native.Readiness.Failed)) == 0) return;
            if (_far.Failure() is not Refusal.None and var refusal) Refuse(refusal);
            else Answer();
        }

        if ((events & Native.Readiness.Writable) != 0) _outside.Flush(_far);
        _isReadable |= (events & (Native.Readiness.Readable | Native.Readiness.Failed)) != 0;
        // What a visitor says first waits in its socket.
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
            if (_isVisit) Welcome(segment);
            else if (_isAnswered) SendOpening();
            Pour(scratch);
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
    /// <param name="scratch">Room for a packet.</param>
    /// <param name="hasHeard">Whether all was heard that the command has said: nothing that it acknowledged is said again.</param>
    public void Wake(byte[] scratch, bool hasHeard)
    {
        long now = Clock.Now;
        if (_overAt != 0 && now >= _overAt) IsOver = true;
        if (IsOver || _isSilent || _far is null) return;
        if (hasHeard && _inside.AgainAt != 0 && now >= _inside.AgainAt) SayAgain(now);
        if (_isVisit && !_isAnswered)
        {
            // The program that listened there is gone, or does not accept.
            _far.Abort();
            IsOver = true;
            return;
        }

        if (_lookAt != 0 && now >= _lookAt) Follow(now);
        Pour(scratch);
        EndIfDone(now);
    }

    /// <summary>Measures its real path, when it has begun, or one more of its sides has ended, since that was asked last.</summary>
    /// <returns>Null when nothing happened, or there is none.</returns>
    public PathNote? Measure()
    {
        int steps = (_isAnswered ? 1 : 0) + (_inside.HasEnded ? 1 : 0) + (_outside.HasEnded ? 1 : 0) + (IsOver ? 1 : 0);
        if (!_isAnswered || steps == _measured) return null;
        _measured = steps;
        return Note();
    }

    /// <summary>What its real path was like; null when there was none.</summary>
    public PathNote? Note() => !_isAnswered ? null
        : _isVisit ? _far?.Note(Distant, Near, _beganAt) : _far?.Note(Near, Distant, _beganAt);

    /// <inheritdoc/>
    public void Dispose() => _far?.Dispose();

    private static SequenceNumber NewStart() => new((uint)Random.Shared.NextInt64());

    // The command's SYN, or its answer to ours, says where its stream starts and what it can take.
    [MemberNotNull(nameof(_inside), nameof(_outside))]
    private void Meet(in TcpSegment syn, SequenceNumber start)
    {
        bool isIpv6 = syn.Source.Address.IsIpv6;
        var options = SynOptions.Read(syn.Options, isIpv6);
        IsScaled = options.Scale is not null;
        _inside = new InsideStream(start)
        {
            Scale = options.Scale ?? 0,
            LargestSegment = Math.Min(options.LargestSegment, InsideLink.Mtu - SynOptions.HeadersOf(isIpv6)),
        };
        _outside = new OutsideStream(syn.Sequence);
    }

    private void Welcome(in TcpSegment answer)
    {
        if (!_isAnswered)
        {
            Meet(answer, _inside.Start);
            // The window of a SYN is never scaled.
            _inside.Hear(answer.Acknowledgement, (ushort)Math.Min(ushort.MaxValue, answer.Window >> _inside.Scale), true, Clock.Now);
            (_isAnswered, _isOpen, _lookAt) = (true, true, 0);
            _outside.Follow(_far!);
        }

        Acknowledge();
    }

    private static long NotZero(long time) => time == 0 ? long.MaxValue : time;

    private void Answer()
    {
        _isAnswered = true;
        _outside.Follow(_far!);
        SendOpening();
    }

    private void SendOpening() => _near.Open(_inside.Start, _outside.Acknowledged, _outside.Window, _isVisit, IsScaled || _isVisit);

    private void Refuse(Refusal refusal)
    {
        // Nobody answered: nobody answers.
        if (refusal != Refusal.Silence) _near.Refuse(refusal, _opening, _outside.Expected);
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

    private void Send(TcpFlags flags, SequenceNumber at, ReadOnlySpan<byte> payload) =>
        _near.Send(flags, at, _outside.Acknowledged, _outside.Window, IsScaled, payload);

    private void EndIfDone(long now)
    {
        if (_overAt == 0 && _inside.IsDone && _outside.IsDone) _overAt = now + LingerNs;
    }
}
