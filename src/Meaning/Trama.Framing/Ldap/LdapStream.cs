using System.Buffers.Binary;

namespace Trama.Framing.Ldap;

/// <summary>
/// One direction of LDAP. A request is a message; a reply is the one that ends it, with the entries and references that come before: they
/// may alternate with those of other requests.
/// </summary>
internal sealed class LdapStream(LdapSession session, Direction direction) : StreamFraming
{
    private const int MaxKept = 1024;
    private const int WrappedHead = 4;
    private const int MaxWrapped = 0x0100_0000;

    private readonly LdapWords _words = new(session);
    private KeptBytes _kept = new(MaxKept);
    private LdapHead _head;
    private long _left;
    private bool _inMessage;
    private bool _isHoled;
    private bool _isWrapped;
    private bool _isOver;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Tls;

    private long Number => _isWrapped || direction == Direction.ToServer ? 0 : _head.Id;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        if (_isOver && _isWrapped)
        {
            // What it says, and whether it answers something, nobody can tell.
            end.Traits = direction == Direction.ToServer ? MessageTraits.Asks | MessageTraits.NoReply : MessageTraits.Unsolicited;
            end.Description = "SASL-wrapped"u8;
        }
        else if (_isOver) _words.Describe(ref end);
        else if (direction == Direction.ToServer) end.Traits = MessageTraits.NoReply;
        else end.Key = end.Message;
        _isOver = false;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) =>
        PacketBoundary.Find(bytes, (ReadOnlySpan<byte> place, out long length) => LdapHead.Judge(place, direction, out length));

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_inMessage, _isOver) = (false, false);
        _kept.Clear();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (!_inMessage)
        {
            if (at == bytes.Length) return FrameStep.Between(at);
            _kept.Add(bytes.Slice(at++, 1));
            FrameStatus status = Begin();
            if (status == FrameStatus.Unfit) return Unfit(FramingFault.BadFrame, at - _kept.Length);
        }

        int end = (int)Math.Min(bytes.Length, at + _left);
        if (!_isHoled) _kept.Add(bytes[at..end]);
        return Step(end, end - at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (!_inMessage) return base.Pass(count);
        _isHoled = true;
        int taken = (int)Math.Min(count, _left);
        return Step(taken, taken);
    }

    // Reads the head as it comes, byte by byte: it is short.
    private FrameStatus Begin()
    {
        ReadOnlySpan<byte> head = _kept.Bytes;
        bool isWrapped = session.MayWrap && head[0] == 0;
        if (isWrapped && head.Length < WrappedHead) return FrameStatus.NeedMore;
        if (isWrapped)
        {
            int wrapped = BinaryPrimitives.ReadInt32BigEndian(head);
            if (wrapped is <= 0 or > MaxWrapped) return FrameStatus.Unfit;
            session.IsWrapped = true;
            (_left, _head) = (wrapped, default);
        }
        else
        {
            FrameStatus status = LdapHead.Read(head, out _head);
            if (status != FrameStatus.Complete) return status;
            if (LdapOperation.IsRequest(_head.Operation) != (direction == Direction.ToServer)) return FrameStatus.Unfit;
            _left = _head.Length - head.Length;
        }

        (_inMessage, _isHoled, _isOver, _isWrapped) = (true, false, false, isWrapped);
        return FrameStatus.Complete;
    }

    private FrameStep Step(int taken, int ofMessage)
    {
        _left -= ofMessage;
        if (_left > 0) return FrameStep.Piece(taken, Number);
        _inMessage = false;
        bool isPart = !_isWrapped && LdapOperation.IsPart(_head.Operation);
        if (!isPart && !_isWrapped) _words.Understand(_head, _kept.Bytes[Math.Min(_head.ContentAt, _kept.Length)..], isWhole: !_isHoled);
        _kept.Clear();
        if (isPart) return FrameStep.Piece(taken, Number);
        _isOver = true;
        return new FrameStep(FrameStatus.Complete, taken, Number);
    }
}
