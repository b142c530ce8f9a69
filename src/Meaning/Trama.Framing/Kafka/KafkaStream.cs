using System.Buffers.Binary;

namespace Trama.Framing.Kafka;

/// <summary>One direction of Kafka: messages that begin with their length, all of them requests or all of them replies.</summary>
internal sealed class KafkaStream(KafkaSession session, Direction direction) : StreamFraming
{
    private readonly byte[] _head = new byte[KafkaHead.Size];
    private KafkaReader? _reader;
    private int _headLength;
    private int _left;
    private bool _inFrame;
    private bool _hasBegun;

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        if (_hasBegun) _reader!.Describe(ref end);
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes)
    {
        if (session.Asker is { } asker) return Reader(asker).Find(bytes);
        int at = KafkaHead.Find(bytes);
        if (at >= 0) session.Asker = direction;
        return at;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _inFrame) = (0, false);
        session.Lose();
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (!_inFrame)
        {
            _hasBegun = false;
            int wanted = _headLength < KafkaHead.LengthSize ? KafkaHead.LengthSize : Wanted();
            int taken = Math.Min(wanted - _headLength, bytes.Length - at);
            bytes.Slice(at, taken).CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            at += taken;
            if (_headLength < wanted) return FrameStep.NeedMore(at);
            int length = BinaryPrimitives.ReadInt32BigEndian(_head);
            if (length is < 0 or > KafkaHead.MaxLength) return Unfit(FramingFault.BadLength, at - _headLength);
            if (_headLength < Wanted()) continue;
            if (!TryBegin(_head.AsSpan(0, _headLength))) return Unfit(FramingFault.BadFrame, at - _headLength);
            (_inFrame, _hasBegun, _left) = (true, true, length + KafkaHead.LengthSize - _headLength);
        }

        ReadOnlySpan<byte> body = bytes.Slice(at, Math.Min(_left, bytes.Length - at));
        _reader!.Read(body);
        return Step(at + body.Length, body.Length);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (!_inFrame) return base.Pass(count);
        int taken = Math.Min(_left, count);
        _reader!.Pass(taken);
        return Step(taken, taken);
    }

    private int Wanted() => Math.Min(KafkaHead.Size, KafkaHead.LengthSize + BinaryPrimitives.ReadInt32BigEndian(_head));

    private bool TryBegin(ReadOnlySpan<byte> head)
    {
        // Whose side is whose is not known for certain where the opening was not seen: who says requests asks.
        bool asks = session.Asker is null && head.Length == KafkaHead.Size && KafkaHead.Read(head).IsValid;
        session.Asker ??= asks ? direction : Direction.ToServer;
        return Reader(session.Asker.Value).TryBegin(head);
    }

    private KafkaReader Reader(Direction asker) => _reader ??= asker == direction ? new KafkaRequests(session) : new KafkaReplies(session);

    private FrameStep Step(int taken, int ofBody)
    {
        _left -= ofBody;
        if (_left > 0) return FrameStep.NeedMore(taken);
        (_inFrame, _headLength) = (false, 0);
        _reader!.End();
        return FrameStep.Complete(taken);
    }
}
