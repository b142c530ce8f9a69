using System.Buffers.Binary;

namespace Trama.Framing.Modbus;

/// <summary>
/// One direction of Modbus over TCP: a header of seven bytes (transaction, protocol, length, unit), then a function and its data (MODBUS
/// Messaging on TCP/IP, section 3.1). Transaction and unit pair a reply with its request.
/// </summary>
internal sealed class ModbusStream(Direction direction, ReusedKeys keys) : PacketStream
{
    private const int LengthEnd = 6;
    private const int UnitAt = 6;
    private const int FunctionAt = 7;
    private const int DataAt = 8;
    private const int MinLength = 2;

    // A unit and 253 bytes of function and data.
    private const int MaxLength = 254;

    private ShortText _words;
    private int _groupLength;
    private long? _key;
    private bool _failed;

    private bool IsRequest => direction == Direction.ToServer;

    /// <summary>Whether bytes begin with a message that can be told for certain.</summary>
    public static Likeness Judge(Direction speaker, ReadOnlySpan<byte> bytes, out long length)
    {
        FrameStatus status = MeasureHead(bytes, out length);
        if (status != FrameStatus.Complete) return status == FrameStatus.NeedMore ? Likeness.Open : Likeness.No;
        if (bytes.Length <= FunctionAt) return Likeness.Open;
        byte function = bytes[FunctionAt];
        int data = (int)length - DataAt;
        bool isException = (function & ModbusFunction.Exception) != 0;
        if (ModbusFunction.Name(function).IsEmpty || (isException && (speaker == Direction.ToServer || data != 1))) return Likeness.No;
        if (isException) return Likeness.Yes;
        bool fits = (speaker, function) switch
        {
            (_, 5 or 6) => data == 4,
            (Direction.ToServer, >= 1 and <= 4) => data == 4,
            (Direction.ToServer, 15 or 16) => data >= 6 && (bytes.Length <= DataAt + 4 || bytes[DataAt + 4] == data - 5),
            (Direction.ToClient, 15 or 16) => data == 4,
            (Direction.ToClient, >= 1 and <= 4) => data >= 2 && (bytes.Length <= DataAt || bytes[DataAt] == data - 1),
            _ => true,
        };
        return fits ? Likeness.Yes : Likeness.No;
    }

    /// <inheritdoc/>
    protected override FrameStatus Measure(ReadOnlySpan<byte> head, out long length) => MeasureHead(head, out length);

    /// <inheritdoc/>
    protected override Likeness Judge(ReadOnlySpan<byte> bytes, out long length) => Judge(direction, bytes, out length);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        keys.Lose(direction);
        return base.TryForget();
    }

    /// <inheritdoc/>
    protected override void Understand(ReadOnlySpan<byte> head, bool isWhole)
    {
        _words.Clear();
        (_key, _failed, _groupLength) = (null, false, 0);
        if (head.Length <= FunctionAt) return;
        byte function = head[FunctionAt];
        _key = keys.Of(BinaryPrimitives.ReadUInt16BigEndian(head) << 8 | head[UnitAt]);
        if (IsRequest) Request(function, head[DataAt..]);
        else if ((function & ModbusFunction.Exception) == 0) _words.Add("OK"u8);
        else if (head.Length > DataAt)
        {
            // That a request was accepted is told so, too (code 5).
            _failed = head[DataAt] != 5;
            _words.Add(head[DataAt]);
            _words.Add(" "u8);
            _words.Add(ModbusFunction.ExceptionName(head[DataAt]));
        }
    }

    /// <inheritdoc/>
    protected override void DescribePacket(ref MessageEnd end)
    {
        end.Key = _key;
        end.Description = _words.Bytes;
        if (!IsRequest)
        {
            end.Traits = MessageTraits.Answers;
            end.Status = _words.Bytes;
            end.Failed = _failed;
            return;
        }

        end.Traits = MessageTraits.Asks;
        end.ReplyDue = true;
        end.Operation = _words.Bytes;
        if (_groupLength < _words.Bytes.Length) end.Group = _words.Bytes[.._groupLength];
    }

    private static FrameStatus MeasureHead(ReadOnlySpan<byte> head, out long length)
    {
        length = 0;
        if (head.Length < LengthEnd) return FrameStatus.NeedMore;
        int said = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
        length = LengthEnd + said;
        bool fits = BinaryPrimitives.ReadUInt16BigEndian(head[2..]) == 0 && said is >= MinLength and <= MaxLength;
        return fits ? FrameStatus.Complete : FrameStatus.Unfit;
    }

    private void Request(byte function, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> name = ModbusFunction.Name(function);
        _words.Add(name.IsEmpty ? "Function "u8 : name);
        if (name.IsEmpty) _words.Add(function);
        _groupLength = _words.Bytes.Length;
        if (!ModbusFunction.HasAddress(function) || data.Length < 2) return;
        _words.Add(" "u8);
        _words.Add(BinaryPrimitives.ReadUInt16BigEndian(data));
    }
}
