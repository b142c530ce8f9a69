using System.Buffers.Binary;

namespace Trama.Framing.Bgp;

/// <summary>One direction of BGP: a marker of sixteen bytes, a length and a type, and what belongs to the type (RFC 4271 section
/// 4.1).</summary>
internal sealed class BgpStream : StreamFraming
{
    /// <summary>The length of the marker, all of whose bits are set.</summary>
    public const int MarkerSize = 16;

    private const int HeaderSize = 19;
    private const int TypeAt = 18;
    private const int NotificationSize = 21;
    private const int Notification = 3;

    private readonly byte[] _head = new byte[NotificationSize];
    private int _taken;
    private int _length;
    private ShortText _words;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        Span<byte> marker = stackalloc byte[MarkerSize];
        marker.Fill(0xff);
        int at = bytes.IndexOf(marker);
        return at >= 0 && bytes.Length - at >= HeaderSize && IsHeader(bytes[at..]) ? at : -1;
    }

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Traits = MessageTraits.Asks | MessageTraits.NoReply;
        end.ReplyDue = false;
        _words.Clear();
        _words.Add(_taken < HeaderSize ? default : Name(_head[TypeAt]));
        int length = _words.Bytes.Length;
        if (_taken >= NotificationSize && _head[TypeAt] == Notification)
        {
            end.Traits |= MessageTraits.Goodbye;
            _words.Add(" "u8);
            _words.Add(_head[HeaderSize]);
            _words.Add("/"u8);
            _words.Add(_head[HeaderSize + 1]);
            _words.Add(Error(_head[HeaderSize]));
        }

        end.Description = end.Operation = _words.Bytes;
        if (length < _words.Bytes.Length) end.Group = _words.Bytes[..length];
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _taken = 0;
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        if (_taken >= HeaderSize && _taken == _length) _taken = 0;
        int at = 0;
        if (_taken < HeaderSize)
        {
            at = Math.Min(HeaderSize - _taken, bytes.Length);
            bytes[..at].CopyTo(_head.AsSpan(_taken));
            _taken += at;
            if (_taken < HeaderSize) return FrameStep.NeedMore(at);
            if (!IsHeader(_head)) return Unfit(FramingFault.BadLength, at - HeaderSize);
            _length = BinaryPrimitives.ReadUInt16BigEndian(_head.AsSpan(MarkerSize));
        }

        ReadOnlySpan<byte> body = bytes[at..Math.Min(bytes.Length, at + _length - _taken)];
        int room = Math.Max(0, Math.Min(body.Length, NotificationSize - _taken));
        if (room > 0) body[..room].CopyTo(_head.AsSpan(_taken));
        return Step(at + body.Length, body.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) =>
        _taken < HeaderSize || _taken == _length ? base.Pass(count)
            : Step(Math.Min(count, _length - _taken), Math.Min(count, _length - _taken));

    private FrameStep Step(int taken, int ofBody)
    {
        _taken += ofBody;
        return _taken == _length ? FrameStep.Complete(taken) : FrameStep.NeedMore(taken);
    }

    private static bool IsHeader(ReadOnlySpan<byte> head) =>
        !head[..MarkerSize].ContainsAnyExcept((byte)0xff) && BinaryPrimitives.ReadUInt16BigEndian(head[MarkerSize..]) >= HeaderSize
            && !Name(head[TypeAt]).IsEmpty;

    private static ReadOnlySpan<byte> Name(byte type) => type switch
    {
        1 => "OPEN"u8,
        2 => "UPDATE"u8,
        Notification => "NOTIFICATION"u8,
        4 => "KEEPALIVE"u8,
        5 => "ROUTE-REFRESH"u8,
        _ => default,
    };

    // RFC 4271 section 4.5, RFC 7313.
    private static ReadOnlySpan<byte> Error(byte code) => code switch
    {
        1 => " message header"u8,
        2 => " OPEN"u8,
        3 => " UPDATE"u8,
        4 => " hold timer expired"u8,
        5 => " state machine"u8,
        6 => " cease"u8,
        7 => " ROUTE-REFRESH"u8,
        _ => default,
    };
}
