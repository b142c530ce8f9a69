using System.Buffers.Binary;

namespace Trama.Framing.Smb2;

/// <summary>One direction of SMB: packets of one message, or of several in a chain, each of which is one of its own.</summary>
internal sealed class Smb2Stream : StreamFraming
{
    // The session of NetBIOS is asked for before anything has a number.
    private const long SessionKey = -2;

    private const int Version1Size = 32;
    private const int Version1Flags = 9;
    private const int Version1Process = 26;
    private const int Version1Id = 30;
    private const byte Version1Negotiate = 0x72;
    private const int NameSize = 4;

    private KeptBytes _head = new(Smb2Header.Size);
    private byte _type;
    private long _ofPacket;
    private long _ofMessage;
    private Part _part;
    private bool _isOver;
    private bool _isRead;
    private Smb2Header _header;
    private ShortText _words;

    private enum Part : byte
    {
        Frame,
        Head,
        Rest,
    }

    /// <inheritdoc/>
    public override bool LossIsMessage => false;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        _words.Clear();
        ReadOnlySpan<byte> head = _head.Bytes;
        if (_type is SmbFrame.SessionRequest or SmbFrame.SessionGranted or SmbFrame.SessionRefused) DescribeSession(ref end);
        else if (!_isRead || head.Length < NameSize) end.Traits = MessageTraits.Unsolicited;
        else if (head[0] == SmbFrame.Version2) DescribeMessage(ref end);
        else if (head[0] == SmbFrame.Version1) DescribeVersion1(ref end, head);
        else
        {
            // What it says, and whether it answers something, nobody can tell.
            end.Traits = MessageTraits.Asks | MessageTraits.NoReply;
            end.ReplyDue = false;
            end.Description = head[0] == 0xfd ? "encrypted"u8 : "compressed"u8;
        }
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => PacketBoundary.Find(bytes, SmbFrame.Judge);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _head.Clear();
        (_part, _isOver, _isRead) = (Part.Frame, false, false);
        return true;
    }

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (_isOver)
        {
            _head.Clear();
            (_isOver, _isRead) = (false, false);
        }

        if (_part == Part.Frame)
        {
            at = Math.Min(SmbFrame.Size - _head.Length, bytes.Length);
            _head.Add(bytes[..at]);
            if (_head.Length < SmbFrame.Size) return FrameStep.NeedMore(at);
            if (!SmbFrame.IsValid(_head.Bytes)) return Unfit(FramingFault.BadFrame, at - SmbFrame.Size);
            (_type, _ofPacket) = (_head.Bytes[0], SmbFrame.Length(_head.Bytes));
            _head.Clear();
            if (_type == SmbFrame.KeepAlive) return FrameStep.Between(at);
            (_part, _ofMessage) = (_type == SmbFrame.Message ? Part.Head : Part.Rest, _ofPacket);
        }

        while (_part == Part.Head && at < bytes.Length)
        {
            // The name tells how long the head is.
            int taken = (int)Math.Min(Math.Min(Wanted() - _head.Length, _ofMessage), bytes.Length - at);
            if (taken == 0) return Unfit(FramingFault.BadFrame, at - _head.Length);
            _head.Add(bytes.Slice(at, taken));
            (at, _ofPacket, _ofMessage) = (at + taken, _ofPacket - taken, _ofMessage - taken);
            if (_head.Length < NameSize) continue;
            if (!SmbFrame.IsNamed(_head.Bytes)) return Unfit(FramingFault.BadFrame, at - _head.Length);
            if (_head.Length == Wanted() && !TryBegin()) return Unfit(FramingFault.BadFrame, at - _head.Length);
        }

        if (_part == Part.Head) return FrameStep.NeedMore(at);
        int end = (int)Math.Min(bytes.Length, at + _ofMessage);
        return Step(end, end - at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_part != Part.Rest || _isOver) return base.Pass(count);
        int taken = (int)Math.Min(count, _ofMessage);
        return Step(taken, taken);
    }

    private int Wanted() => _head.Length < NameSize ? NameSize : _head.Bytes[0] switch
    {
        SmbFrame.Version2 => Smb2Header.Size,
        SmbFrame.Version1 => Version1Size,
        _ => NameSize,
    };

    private bool TryBegin()
    {
        (_part, _isRead) = (Part.Rest, true);
        if (_head.Bytes[0] != SmbFrame.Version2) return true;
        _header = Smb2Header.Read(_head.Bytes);
        if (_header.Next == 0) return true;
        _ofMessage = _header.Next - Smb2Header.Size;
        return _header.Next >= Smb2Header.Size && _ofMessage + Smb2Header.Size <= _ofPacket;
    }

    private FrameStep Step(int taken, int ofMessage)
    {
        (_ofPacket, _ofMessage) = (_ofPacket - ofMessage, _ofMessage - ofMessage);
        if (_ofMessage > 0) return FrameStep.NeedMore(taken);
        _isOver = true;
        (_part, _ofMessage) = (_ofPacket > 0 ? Part.Head : Part.Frame, _ofPacket);
        return FrameStep.Complete(taken);
    }

    private void DescribeMessage(ref MessageEnd end)
    {
        ReadOnlySpan<byte> name = Smb2Command.Name(_header.Command);
        if (_header.IsReply && _header.Id != Smb2Header.Unasked)
        {
            NtStatus.Write(_header.Status, ref _words);
            end.Traits = _header.Status == NtStatus.Pending ? MessageTraits.Answers | MessageTraits.Interim : MessageTraits.Answers;
            end.Key = _header.Id;
            end.Description = end.Status = _words.Bytes;
            end.Failed = NtStatus.IsFailure(_header.Status);
            return;
        }

        end.Description = end.Operation = name;
        bool isOneWay = _header.IsReply || _header.Command == Smb2Command.Cancel;
        end.Traits = isOneWay ? MessageTraits.Asks | MessageTraits.NoReply : MessageTraits.Asks;
        if (!isOneWay) end.Key = _header.Id;
        // Something may never change.
        end.ReplyDue = !isOneWay && _header.Command != Smb2Command.ChangeNotify;
    }

    // Of SMB 1 the negotiation is read, which SMB 2 may answer under the number 0.
    private void DescribeVersion1(ref MessageEnd end, ReadOnlySpan<byte> head)
    {
        if (head.Length < Version1Size) return;
        bool negotiates = head[NameSize] == Version1Negotiate, isReply = (head[Version1Flags] & 0x80) != 0;
        uint number = (uint)(BinaryPrimitives.ReadUInt16LittleEndian(head[Version1Process..]) << 16)
            | BinaryPrimitives.ReadUInt16LittleEndian(head[Version1Id..]);
        end.Key = negotiates ? 0 : 1L << 40 | number;
        if (isReply)
        {
            uint status = BinaryPrimitives.ReadUInt32LittleEndian(head[(NameSize + 1)..]);
            NtStatus.Write(status, ref _words);
            (end.Traits, end.Failed) = (MessageTraits.Answers, NtStatus.IsFailure(status));
            end.Description = end.Status = _words.Bytes;
            return;
        }

        _words.Add(negotiates ? "SMB1 NEGOTIATE"u8 : "SMB1 command "u8);
        if (!negotiates) _words.Add(head[NameSize]);
        (end.Traits, end.ReplyDue) = (MessageTraits.Asks, true);
        end.Description = end.Operation = _words.Bytes;
    }

    private void DescribeSession(ref MessageEnd end)
    {
        end.Key = SessionKey;
        if (_type == SmbFrame.SessionRequest)
        {
            (end.Traits, end.ReplyDue) = (MessageTraits.Asks, true);
            end.Description = end.Operation = "NetBIOS session request"u8;
            return;
        }

        bool isGranted = _type == SmbFrame.SessionGranted;
        (end.Traits, end.Failed) = (MessageTraits.Answers, !isGranted);
        end.Description = end.Status = isGranted ? "positive session response"u8 : "negative session response"u8;
    }
}
