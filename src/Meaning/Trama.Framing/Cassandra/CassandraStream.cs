using System.Buffers.Binary;
using System.Globalization;
using Trama.Framing.Sql;

namespace Trama.Framing.Cassandra;

/// <summary>One direction of CQL's binary protocol. A frame's length tells where it ends; its stream pairs a response with its
/// request.</summary>
internal sealed class CassandraStream(CassandraSession session, bool isResponse) : StreamFraming
{
    private const byte Compressed = 1;
    private const byte Traced = 2;
    private const byte Prefixed = 4 | 8;
    private const int TraceSize = 16;
    private const int MaxKept = 2048;

    private readonly byte[] _head = new byte[CassandraHeader.Size];
    private KeptBytes _body = new(MaxKept);
    private CassandraHeader _header;
    private ShortText _words;
    private ShortText _group;
    private int _headLength;
    private int _left;
    private bool _hasHole;
    private bool _beginsSegments;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Of(new CassandraSegments(session.CompressesSegments));

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _words.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        end.Key = (ushort)_header.Stream;
        end.Description = _words.Bytes;
        if (isResponse)
        {
            end.Status = _words.Bytes;
            end.Failed = _header.Opcode == CassandraOpcode.Error;
            if (_header.Opcode == CassandraOpcode.Event) end.Traits = MessageTraits.Unsolicited;
            if (_beginsSegments) end.Traits |= MessageTraits.ProtocolChange;
            return;
        }

        end.Operation = _words.Bytes;
        end.Group = _group.Bytes;
        end.ReplyDue = true;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => CassandraHeader.IsBoundary(isResponse, bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (_headLength < CassandraHeader.Size)
        {
            if (at == bytes.Length) return FrameStep.NeedMore(at);
            _head[_headLength++] = bytes[at++];
            if (_headLength < CassandraHeader.Size) continue;
            _header = CassandraHeader.Read(_head);
            if (!_header.IsValid(isResponse)) return Unfit(FramingFault.BadType, at - CassandraHeader.Size);
            (_left, _hasHole) = (_header.Length, false);
            _body.Clear();
        }

        int taken = Math.Min(_left, bytes.Length - at);
        _left -= taken;
        if (!_hasHole) _body.Add(bytes.Slice(at, taken));
        return _left > 0 ? FrameStep.NeedMore(at + taken) : End(at + taken);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        if (_left == 0) return base.Pass(count);
        int passed = Math.Min(count, _left);
        _left -= passed;
        _hasHole |= _body.Length < MaxKept;
        return _left > 0 ? FrameStep.NeedMore(passed) : End(passed);
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        (_headLength, _left) = (0, 0);
        return true;
    }

    private FrameStep End(int taken)
    {
        _headLength = 0;
        _words.Clear();
        _group.Clear();
        ReadOnlySpan<byte> body = (_header.Flags & Compressed) != 0 || _hasHole ? default : _body.Bytes;
        if (isResponse) Answer(body);
        else Ask(body);
        return FrameStep.Complete(taken);
    }

    private void Ask(ReadOnlySpan<byte> body)
    {
        if (_header.Opcode == CassandraOpcode.Startup) session.Start(_header, body);
        bool hasStatement = _header.Opcode is CassandraOpcode.Query or CassandraOpcode.Prepare && body.Length > sizeof(int);
        // Where bytes of a statement are missing, nothing is said of it.
        if (_hasHole && _header.Opcode is CassandraOpcode.Query or CassandraOpcode.Prepare) return;
        if (!hasStatement || _header.Opcode == CassandraOpcode.Prepare) _words.Add(CassandraOpcode.Name(_header.Opcode));
        if (!hasStatement) return;
        int length = Math.Clamp(BinaryPrimitives.ReadInt32BigEndian(body), 0, body.Length - sizeof(int));
        ReadOnlySpan<byte> statement = body.Slice(sizeof(int), length);
        var text = default(ShortText);
        foreach (bool asShape in (ReadOnlySpan<bool>)[true, false])
        {
            SqlText.Write(statement, asShape, ref text);
            ref ShortText words = ref asShape ? ref _group : ref _words;
            if (asShape) words.Add(_words.Bytes);
            if (!words.IsEmpty) words.Add(" "u8);
            words.Add(text.Bytes);
        }
    }

    private void Answer(ReadOnlySpan<byte> body)
    {
        _beginsSegments = session.Accepts(_header);
        if ((_header.Flags & Traced) != 0) body = body[Math.Min(TraceSize, body.Length)..];
        if ((_header.Flags & Prefixed) != 0) body = default;
        // Of what may be cut, nothing is said.
        if (_hasHole && _header.Opcode is CassandraOpcode.Error or CassandraOpcode.Result) return;
        bool hasNumber = body.Length >= sizeof(int);
        int number = hasNumber ? BinaryPrimitives.ReadInt32BigEndian(body) : 0;
        if (_header.Opcode != CassandraOpcode.Error || body.Length < sizeof(int) + 2)
        {
            _words.Add(CassandraOpcode.Name(_header.Opcode));
            bool hasKind = _header.Opcode == CassandraOpcode.Result && hasNumber;
            ReadOnlySpan<byte> kind = hasKind ? CassandraOpcode.KindOfResult(number) : default;
            if (!kind.IsEmpty) _words.Add(" "u8);
            _words.Add(kind);
            return;
        }

        Span<byte> code = stackalloc byte[8];
        number.TryFormat(code, out int digits, "X4", CultureInfo.InvariantCulture);
        _words.Add("0x"u8);
        _words.Add(code[..digits]);
        _words.Add(" "u8);
        ReadOnlySpan<byte> text = body[(sizeof(int) + 2)..];
        _words.Add(text[..Math.Min(BinaryPrimitives.ReadUInt16BigEndian(body[sizeof(int)..]), text.Length)]);
    }
}
