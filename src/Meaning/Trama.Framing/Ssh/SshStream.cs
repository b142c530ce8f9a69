using System.Buffers.Binary;

namespace Trama.Framing.Ssh;

/// <summary>
/// One direction of SSH until it is sealed: the line with its version, and lines before it, then packets of the key exchange (RFC
/// 4253 sections 4.2 and 6).
/// None of them waits for an answer of its own.
/// </summary>
internal sealed class SshStream(Direction direction, SshSession session) : PacketStream(MaxPacket)
{
    // The packets that everybody has to take (RFC 4253 section 6.1).
    private const int MaxPacket = 35_000;
    private const int MaxLine = 255;
    private const int LengthSize = 4;
    private const int TypeAt = 5;
    private const int CookieSize = 16;
    private const int MinPadding = 4;

    private bool _hasVersion;
    private ShortText _words;
    private ShortText _more;
    private MessageTraits _traits;

    /// <inheritdoc/>
    public override FramingRule Next => SshSealedProtocol.Rule;

    private static ReadOnlySpan<byte> Mark => "SSH-"u8;

    /// <inheritdoc/>
    protected override FrameStatus Measure(ReadOnlySpan<byte> head, out long length) =>
        _hasVersion ? MeasurePacket(head, out length) : MeasureLine(head, out length);

    /// <summary>A version, or a packet of a key exchange that fills its piece or is followed by another.</summary>
    protected override Likeness Judge(ReadOnlySpan<byte> bytes, out long length)
    {
        FrameStatus status = MeasurePacket(bytes, out length);
        if (status != FrameStatus.Complete || bytes.Length <= TypeAt) return status == FrameStatus.Unfit ? Likeness.No : Likeness.Open;
        bool isOfExchange = bytes[TypeAt] >= SshMessage.KeyExchangeInit && !SshMessage.Name(bytes[TypeAt]).IsEmpty;
        return bytes[LengthSize] >= MinPadding && isOfExchange ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _hasVersion = true;
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes) =>
        session.Seals(direction) ? FrameStep.Between(bytes.Length) : base.Scan(bytes);

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) =>
        session.Seals(direction) ? FrameStep.Between(count) : base.Pass(count);

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> head, bool isWhole)
    {
        _words.Clear();
        _more.Clear();
        _traits = MessageTraits.Asks | MessageTraits.NoReply;
        if (!_hasVersion) Line(head.TrimEnd("\r\n"u8), isWhole);
        else if (head.Length > TypeAt) Packet(head);
    }

    /// <inheritdoc/>
    protected override void DescribePacket(ref MessageEnd end)
    {
        end.Traits = _traits;
        end.ReplyDue = false;
        end.Operation = _words.Bytes;
        end.Description = _more.IsEmpty ? _words.Bytes : _more.Bytes;
    }

    private static FrameStatus MeasureLine(ReadOnlySpan<byte> head, out long length)
    {
        int end = head.IndexOf((byte)'\n');
        length = end + 1;
        if (end >= 0) return FrameStatus.Complete;
        return head.Length > MaxLine ? FrameStatus.Unfit : FrameStatus.NeedMore;
    }

    private static FrameStatus MeasurePacket(ReadOnlySpan<byte> head, out long length)
    {
        length = 0;
        if (head.Length < LengthSize) return FrameStatus.NeedMore;
        uint said = BinaryPrimitives.ReadUInt32BigEndian(head);
        length = LengthSize + said;
        return said is >= 8 and <= MaxPacket - LengthSize ? FrameStatus.Complete : FrameStatus.Unfit;
    }

    private void Line(ReadOnlySpan<byte> line, bool isWhole)
    {
        _words.Add(line);
        if (!isWhole || !line.StartsWith(Mark)) return;
        _hasVersion = true;
        // Version 1 seals in another way.
        if (line.StartsWith("SSH-2.0-"u8) || line.StartsWith("SSH-1.99-"u8)) return;
        Seal();
    }

    private void Packet(ReadOnlySpan<byte> packet)
    {
        byte type = packet[TypeAt];
        ReadOnlySpan<byte> name = SshMessage.Name(type);
        _words.Add(name.IsEmpty ? "message "u8 : name);
        if (name.IsEmpty) _words.Add(type);
        if (type == SshMessage.Disconnect) _traits |= MessageTraits.Goodbye;
        if (type == SshMessage.NewKeys) Seal();
        if (type != SshMessage.KeyExchangeInit || packet.Length <= TypeAt + 1 + CookieSize) return;
        session.Offer(direction, packet[(TypeAt + 1 + CookieSize)..]);
        _more.Add(_words.Bytes);
        session.WriteAgreed(ref _more);
    }

    private void Seal()
    {
        session.Seal(direction);
        if (session.IsSealed) _traits |= MessageTraits.ProtocolChange;
    }
}
