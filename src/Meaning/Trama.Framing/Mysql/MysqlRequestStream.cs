using Trama.Framing.Sql;
using Trama.Framing.Tls;

namespace Trama.Framing.Mysql;

/// <summary>What the client says: its login, commands, and the data of a file that the server asked for.</summary>
internal sealed class MysqlRequestStream(MysqlSession session) : StreamFraming
{
    private readonly MysqlPacket _packet = new();
    private ShortText _operation;
    private ShortText _group;
    private ShortText _words;
    private MysqlRequest _request;
    private byte[]? _lastPrepared;
    private bool _begun;
    private bool _isUnknown;
    private bool _isGoodbye;
    private bool _beginsTls;
    private bool _isCompressed;

    /// <inheritdoc/>
    public override FramingRule Next => FramingRule.Of(
        _beginsTls ? new TlsProtocol(FramingRule.Of(new MysqlProtocol(session.Server))) : new MysqlCompression(session.Agreed));

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _operation.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        bool isOneWay = _request.Kind == MysqlRequestKind.OneWay;
        end.Description = Description;
        if (!_isUnknown) end.Operation = _operation.Bytes;
        if (!_isUnknown) end.Group = _group.Bytes;
        end.ReplyDue = !isOneWay;
        if (isOneWay) end.Traits |= MessageTraits.NoReply;
        if (_isGoodbye) end.Traits |= MessageTraits.Goodbye;
        if (_beginsTls || _isCompressed) end.Traits |= MessageTraits.ProtocolChange;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) => MysqlShape.IsRequest(bytes) == Likeness.Yes || IsCompressed(bytes) ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun) Begin();
            if (_isCompressed = IsCompressed(bytes[at..])) return FrameStep.Complete(at);
            if (!_packet.TryTake(bytes, ref at, out ReadOnlySpan<byte> payload)) break;
            FrameStatus status = Understand(payload);
            if (status == FrameStatus.Unfit) return Unfit(FramingFault.BadType, at - 1);
            if (status == FrameStatus.Complete) return End(at);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count)
    {
        int passed = Math.Min(count, _packet.Left);
        if (passed == 0) return base.Pass(count);
        if (!_packet.TryPass(passed, out ReadOnlySpan<byte> payload)) return FrameStep.NeedMore(passed);
        return Understand(payload) switch
        {
            FrameStatus.Complete => End(passed),
            FrameStatus.NeedMore => FrameStep.NeedMore(passed),
            _ => base.Pass(count),
        };
    }

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _packet.Clear();
        (_begun, _lastPrepared) = (false, null);
        session.LoseRequests();
        return true;
    }

    private void Begin()
    {
        _operation.Clear();
        _group.Clear();
        (_begun, _isUnknown, _isGoodbye, _beginsTls) = (true, false, false, false);
        _request = new MysqlRequest(MysqlRequestKind.Query);
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        bool isKept = session.TryAdd(_request with { Sequence = _packet.NextSequence });
        return isKept ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }

    // Where the login or what accepted it is missing, only the packets tell that they are compressed.
    private bool IsCompressed(ReadOnlySpan<byte> bytes) =>
        !_packet.HasBegun && MysqlCompression.IsAgreed(session.Agreed ?? session.Server)
        && CompressedHeader.IsFirst(Direction.ToServer, bytes);

    private FrameStatus Understand(ReadOnlySpan<byte> payload)
    {
        if (_packet.Sequence != 0) return session.ExpectsFile ? TakeFile() : LogIn(payload);
        session.ExpectsFile = false;
        if (payload.IsEmpty) return FrameStatus.Unfit;
        return Command(payload[0], payload);
    }

    // An empty packet ends the file.
    private FrameStatus TakeFile()
    {
        _operation.Clear();
        _operation.Add("LOCAL INFILE data"u8);
        if (_packet.Length > 0) return FrameStatus.NeedMore;
        session.ExpectsFile = false;
        return FrameStatus.Complete;
    }

    private FrameStatus LogIn(ReadOnlySpan<byte> payload)
    {
        _request = new MysqlRequest(MysqlRequestKind.Login);
        if (!MysqlHandshake.IsLogin(payload))
        {
            _operation.Add("password"u8);
            return FrameStatus.Complete;
        }

        MysqlCapabilities agreed = session.Server & MysqlHandshake.Capabilities(payload);
        _beginsTls = _packet.Length == MysqlHandshake.TlsRequestLength && (agreed & MysqlCapabilities.Tls) != 0;
        if (_beginsTls) _request = new MysqlRequest(MysqlRequestKind.OneWay);
        else session.Agreed = agreed;
        _operation.Add(_beginsTls ? "SSLRequest"u8 : "login"u8);
        if (!_beginsTls) MysqlHandshake.WriteLogin(payload, agreed, ref _operation);
        _isUnknown = _packet.HasHole;
        return FrameStatus.Complete;
    }

    private FrameStatus Command(byte command, ReadOnlySpan<byte> payload)
    {
        ReadOnlySpan<byte> name = MysqlCommand.Name(command);
        if (!MysqlCommand.Fits(command, _packet.Length)) return FrameStatus.Unfit;
        _isUnknown = _packet.HasHole;
        _request = new MysqlRequest(MysqlCommand.KindOf(command));
        ReadOnlySpan<byte> rest = payload[1..];
        if (command != MysqlCommand.Query) _operation.Add(name);
        if (command is MysqlCommand.ChangeUser or MysqlCommand.ResetConnection) session.Statements.Clear();
        switch (command)
        {
            case MysqlCommand.Quit:
                _isGoodbye = true;
                break;
            case MysqlCommand.Query:
                Write(QueryAttributes.Text(rest, session.Agreed), prefix: default);
                break;
            case MysqlCommand.InitDb or MysqlCommand.FieldList or MysqlCommand.CreateDb or MysqlCommand.DropDb:
                _operation.Add(" "u8);
                _operation.Add(new MysqlFields(rest).Text());
                break;
            case MysqlCommand.ProcessKill:
                _group.Add(name);
                Number(rest);
                break;
            case MysqlCommand.ChangeUser:
                MysqlHandshake.WriteChange(payload, ref _operation);
                break;
            case MysqlCommand.Prepare:
                _lastPrepared = rest[..Math.Min(rest.Length, PreparedStatements.MaxBytes)].ToArray();
                Write(rest, name);
                _request = _request with { Statement = _lastPrepared };
                break;
            case MysqlCommand.Close or MysqlCommand.Reset or MysqlCommand.SendLongData:
                _group.Add(name);
                Number(rest);
                if (command == MysqlCommand.Close) session.Statements.Close(isPortal: false, rest[..Math.Min(rest.Length, sizeof(uint))]);
                break;
            case MysqlCommand.Execute or MysqlCommand.Fetch or MysqlCommand.BulkExecute:
                ReadOnlySpan<byte> id = rest[..Math.Min(rest.Length, sizeof(uint))];
                ReadOnlySpan<byte> statement = id is [0xff, 0xff, 0xff, 0xff] ? _lastPrepared
                    : session.Statements.OfName(id) is { } prepared ? prepared.Bytes : default;
                Write(statement, command == MysqlCommand.Fetch ? name : default);
                break;
        }

        return FrameStatus.Complete;
    }

    private void Number(ReadOnlySpan<byte> rest)
    {
        _operation.Add(" "u8);
        _operation.Add(new MysqlFields(rest).U32());
    }

    private void Write(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> prefix)
    {
        _isUnknown |= statement.IsEmpty || statement[0] == 0;
        if (_isUnknown)
        {
            _operation.Clear();
            _operation.Add("statement unknown"u8);
            return;
        }

        bool hides = Words(statement, prefix, asShape: false, ref _operation);
        Words(statement, prefix, asShape: true, ref _group);
        _request = _request with { HasSecret = hides || statement.Length < _packet.Length - 1 };
    }

    private bool Words(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> prefix, bool asShape, ref ShortText text)
    {
        bool hides = SqlText.Write(statement, asShape, ref _words, SqlDialect.Mysql);
        text.Clear();
        text.Add(prefix);
        if (!prefix.IsEmpty) text.Add(" "u8);
        text.Add(_words.Bytes);
        return hides;
    }
}
