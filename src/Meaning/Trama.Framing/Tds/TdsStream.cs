using System.Text;
using Trama.Framing.Sql;

namespace Trama.Framing.Tds;

/// <summary>One direction of TDS: a message is packets of one type, up to the one that is marked as the last. Replies come in
/// order.</summary>
internal sealed class TdsStream(PendingRequests pending, Direction direction) : StreamFraming
{
    private const int MaxKept = 2048;
    private const byte TlsData = 0x17;

    private readonly byte[] _head = new byte[TdsHeader.Size];
    private readonly TdsTokens _tokens = new();
    private KeptBytes _kept = new(MaxKept);
    private TdsHeader _header;
    private ShortText _words;
    private ShortText _group;
    private int _headLength;
    private int _left;
    private bool _isInside;
    private bool _hasHole;
    private bool _isUnasked;
    private bool _beginsTls;

    private bool IsReply => direction == Direction.ToClient;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Tls;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _words.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Description = _words.Bytes;
        if (_beginsTls) end.Traits = MessageTraits.ProtocolChange;
        if (IsReply)
        {
            end.Status = _words.Bytes;
            end.Failed = _tokens.Failed;
            if (_isUnasked) end.Traits |= MessageTraits.Unsolicited;
            return;
        }

        bool isOneWay = _header.Type == TdsHeader.Attention;
        end.Operation = _words.Bytes;
        end.Group = _group.Bytes;
        end.ReplyDue = !isOneWay;
        if (isOneWay) end.Traits |= MessageTraits.NoReply;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => TdsHeader.IsBoundary(direction, bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        // Once its handshake is over, TLS carries the packets and no longer the other way round.
        _beginsTls = !_isInside && _headLength == 0 && bytes[0] == TlsData;
        if (_beginsTls) return FrameStep.Complete(0);
        int at = 0;
        while (at < bytes.Length)
        {
            if (_headLength < TdsHeader.Size)
            {
                _head[_headLength++] = bytes[at++];
                if (_headLength == TdsHeader.Size && !TryBegin()) return Unfit(FramingFault.BadType, at - TdsHeader.Size);
                if (_headLength < TdsHeader.Size || _left > 0) continue;
            }

            int taken = Math.Min(_left, bytes.Length - at);
            Keep(bytes.Slice(at, taken));
            at += taken;
            if (_left == 0 && IsOver()) return End(at);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_left == 0) return base.Pass(count);
        int passed = Math.Min(count, _left);
        _left -= passed;
        _hasHole = true;
        return _left == 0 && IsOver() ? End(passed) : FrameStep.NeedMore(passed);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _left, _isInside) = (0, 0, false);
        pending.Lose(ofClient: !IsReply);
        return true;
    }

    private bool TryBegin()
    {
        _header = TdsHeader.Read(_head);
        _left = _header.Length - TdsHeader.Size;
        if (!_header.IsValid(direction)) return false;
        if (_isInside) return true;
        (_isInside, _hasHole) = (true, false);
        _kept.Clear();
        _tokens.Clear();
        return true;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _left -= bytes.Length;
        if (_hasHole) return;
        _kept.Add(bytes);
        if (IsReply) _tokens.Tail(bytes);
    }

    // The packet is; whether the message is, too.
    private bool IsOver()
    {
        _headLength = 0;
        return _header.IsLast;
    }

    private FrameStep End(int taken)
    {
        _isInside = false;
        _words.Clear();
        _group.Clear();
        if (IsReply)
        {
            _isUnasked = pending.IsUnasked;
            pending.Answered();
            if (!_hasHole) _tokens.Write(_kept.Bytes, _header.Type == TdsHeader.Prelogin, ref _words);
            return FrameStep.Complete(taken);
        }

        Ask();
        bool isKept = _header.Type == TdsHeader.Attention || pending.TryAdd(0);
        return isKept ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }

    private void Ask()
    {
        if (_hasHole) return;
        ReadOnlySpan<byte> body = _kept.Bytes;
        if (_header.Type is TdsHeader.Batch or TdsHeader.Rpc) body = TdsText.WithoutHeaders(body);
        switch (_header.Type)
        {
            case TdsHeader.Batch:
                byte[] statement = Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(body));
                SqlText.Write(statement, asShape: false, ref _words);
                SqlText.Write(statement, asShape: true, ref _group);
                break;
            case TdsHeader.Rpc:
                _words.Add("RPC "u8);
                TdsText.WriteProcedure(body, ref _words);
                break;
            default:
                _words.Add(TdsText.Name(_header.Type, body is [0x16, 3, ..]));
                break;
        }
    }
}
