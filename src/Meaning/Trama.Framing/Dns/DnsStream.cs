using System.Buffers.Binary;
using System.Text;

namespace Trama.Framing.Dns;

/// <summary>One direction of DNS over TCP: messages behind their lengths, paired by identifier whatever their order (RFC 7766).</summary>
internal sealed class DnsStream(Direction direction, DnsSession session) : PacketStream(LengthSize + ushort.MaxValue)
{
    /// <summary>The bytes of the length before a message.</summary>
    public const int LengthSize = 2;

    private const int MaxWords = 320;
    private const ushort Axfr = 252;
    private const ushort Ixfr = 251;

    private ShortText _words = new(MaxWords);
    private ShortText _group;
    private long? _key;
    private bool _isReply;
    private bool _failed;
    private bool _endsMessage;

    /// <inheritdoc/>
    protected override bool EndsMessage => _endsMessage;

    /// <summary>Whether bytes begin with a message that can be told for certain.</summary>
    public static Likeness Judge(Direction speaker, ReadOnlySpan<byte> bytes, out long length)
    {
        length = 0;
        if (bytes.Length < LengthSize + DnsMessage.HeaderSize)
            return bytes.Length < LengthSize || BinaryPrimitives.ReadUInt16BigEndian(bytes) >= DnsMessage.HeaderSize
                ? Likeness.Open : Likeness.No;
        int said = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        length = LengthSize + said;
        if (said < DnsMessage.HeaderSize) return Likeness.No;
        return new DnsMessage(bytes[LengthSize..(int)Math.Min(bytes.Length, length)]).Judge(said, speaker == Direction.ToClient);
    }

    /// <inheritdoc/>
    protected override FrameStatus Measure(ReadOnlySpan<byte> head, out long length)
    {
        length = 0;
        if (head.Length < LengthSize) return FrameStatus.NeedMore;
        length = LengthSize + BinaryPrimitives.ReadUInt16BigEndian(head);
        return length >= LengthSize + DnsMessage.HeaderSize ? FrameStatus.Complete : FrameStatus.Unfit;
    }

    /// <inheritdoc/>
    protected override Likeness Judge(ReadOnlySpan<byte> bytes, out long length) => Judge(direction, bytes, out length);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        session.Lose(direction);
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> head, bool isWhole)
    {
        _words.Clear();
        _group.Clear();
        (_key, _failed, _endsMessage) = (null, false, true);
        _isReply = direction == Direction.ToClient;
        if (head.Length < LengthSize + DnsMessage.HeaderSize) return;
        var message = new DnsMessage(head[LengthSize..]);
        _isReply = message.IsReply;
        _key = session.Keys.Of(message.Identifier);
        if (_isReply) Reply(message);
        else Query(message);
    }

    /// <inheritdoc/>
    protected override void DescribePacket(ref MessageEnd end)
    {
        end.Key = _key;
        end.Description = _words.Bytes;
        end.Traits = _isReply ? MessageTraits.Answers : MessageTraits.Asks;
        if (_isReply)
        {
            end.Status = _words.Bytes;
            end.Failed = _failed;
            return;
        }

        end.ReplyDue = true;
        end.Operation = _words.Bytes;
        end.Group = _group.Bytes;
    }

    private void Query(DnsMessage message)
    {
        Add(DnsNames.Operation(message.Opcode) ?? "");
        if (!message.TryQuestion(out _, out ushort type, out ushort kind)) return;
        Add(DnsNames.Type(type));
        _group.Add(_words.Bytes);
        _words.Add(" "u8);
        message.WriteName(ref _words);
        Add(DnsNames.Class(kind));
        if (message.Opcode == 0 && type is Axfr or Ixfr) session.Ask(message.Identifier, type == Ixfr);
    }

    private void Reply(DnsMessage message)
    {
        _failed = message.Code > 0;
        _words.Add(message.Code);
        if (DnsNames.Code(message.Code).Length > 0) Add(" ");
        Add(DnsNames.Code(message.Code));
        _endsMessage = !session.GoesOn(message);
    }

    private void Add(string word)
    {
        Span<byte> bytes = stackalloc byte[32];
        _words.Add(bytes[..Encoding.ASCII.GetBytes(word, bytes)]);
    }
}
