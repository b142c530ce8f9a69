namespace Trama.Framing.Mongodb;

/// <summary>One direction of MongoDB's protocol. A message's length tells where it ends, so that bytes may be missing inside; identifiers
/// pair a reply with its request.</summary>
internal sealed class MongodbStream(MongodbSession session, Direction direction) : StreamFraming
{
    private const uint MoreToCome = 2;
    private const uint QueryFailure = 2;

    private readonly byte[] _head = new byte[MongodbHeader.Size];
    private readonly MongodbBody _body = new();
    private readonly CompressedBody _compressed = new();
    private MongodbHeader _header;
    private ShortText _words;
    private int _headLength;
    private int _left;
    private bool _isPush;
    private bool? _failed;
    private int _opcode;

    private bool IsReply => direction == Direction.ToClient;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _words.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Key = (uint)(IsReply ? _header.ResponseTo : _header.RequestId);
        end.Description = _words.Bytes;
        if (IsReply)
        {
            end.Status = _words.Bytes;
            end.Failed = _failed;
            if (_isPush) end.Traits = MessageTraits.Unsolicited;
            return;
        }

        bool isOneWay = MongodbOpcode.IsOneWay(_header.Opcode) || (_opcode == MongodbOpcode.Message && (_body.Flags & MoreToCome) != 0);
        end.Operation = _words.Bytes;
        end.ReplyDue = !isOneWay && !_body.Facts.MayWait;
        if (isOneWay) end.Traits = MessageTraits.NoReply;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => MongodbHeader.IsBoundary(direction, bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (_headLength < MongodbHeader.Size)
        {
            if (at == bytes.Length) return FrameStep.NeedMore(at);
            _head[_headLength++] = bytes[at++];
            if (_headLength < MongodbHeader.Size) continue;
            _header = MongodbHeader.Read(_head);
            if (!_header.IsValid) return Unfit(FramingFault.BadType, at - MongodbHeader.Size);
            Begin();
        }

        int taken = Math.Min(_left, bytes.Length - at);
        _left -= taken;
        if (_header.Opcode == MongodbOpcode.Compressed) _compressed.Take(bytes.Slice(at, taken));
        else _body.Take(bytes.Slice(at, taken));
        return _left > 0 ? FrameStep.NeedMore(at + taken) : End(at + taken);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_left == 0) return base.Pass(count);
        int passed = Math.Min(count, _left);
        _left -= passed;
        if (_header.Opcode == MongodbOpcode.Compressed) _compressed.Lose();
        else _body.Pass(passed);
        return _left > 0 ? FrameStep.NeedMore(passed) : End(passed);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _left) = (0, 0);
        return true;
    }

    private void Begin()
    {
        _left = _header.Length - MongodbHeader.Size;
        _opcode = _header.Opcode;
        if (_opcode == MongodbOpcode.Compressed) _compressed.Begin();
        else _body.Begin(_opcode, IsReply);
    }

    private FrameStep End(int taken)
    {
        _headLength = 0;
        if (_header.Opcode == MongodbOpcode.Compressed) _opcode = _compressed.End(_body, IsReply);
        _words.Clear();
        if (IsReply) Answer();
        else Ask();
        return FrameStep.Complete(taken);
    }

    private void Ask()
    {
        switch (_opcode)
        {
            case MongodbOpcode.Message:
                Name();
                return;
            case MongodbOpcode.Query when _body.IsCommand:
                session.Ask(_header.RequestId, isCommand: true);
                Name();
                return;
            case MongodbOpcode.Query or MongodbOpcode.GetMore:
                session.Ask(_header.RequestId, isCommand: false);
                break;
            case 0:
                return;
        }

        ReadOnlySpan<byte> collection = _body.Collection;
        _words.Add(MongodbOpcode.Name(_opcode));
        if (_opcode == MongodbOpcode.KillCursors) return;
        _words.Add(" "u8);
        // As commands do, without the name of the database.
        _words.Add(collection[(collection.IndexOf((byte)'.') + 1)..]);
    }

    // Where a document is cut, the collection may be among what is missing.
    private void Name()
    {
        if (_body.IsWhole || _body.Facts.HasCollection) _words.Add(_body.Facts.Operation());
    }

    private void Answer()
    {
        _failed = null;
        _isPush = session.Streams == _header.ResponseTo;
        bool streams = _opcode == MongodbOpcode.Message && (_body.Flags & MoreToCome) != 0;
        if (_isPush || streams) session.Streams = streams ? _header.RequestId : null;
        bool? isCommand = _opcode == MongodbOpcode.Reply ? session.IsCommand(_header.ResponseTo) : true;
        bool isRefused = _opcode == MongodbOpcode.Reply && (_body.Flags & QueryFailure) != 0;
        if (isCommand == true || isRefused)
        {
            if (!_body.IsWhole) return;
            _failed = isRefused ? true : _body.Facts.Failed;
            _words.Add(_body.Facts.Status());
        }
        else if (isCommand == false)
        {
            _failed = false;
            _words.Add((long)_body.Count);
            _words.Add(_body.Count == 1 ? " document"u8 : " documents"u8);
        }
    }
}
