using System.Buffers.Binary;

namespace Trama.Framing.Mysql;

/// <summary>
/// Follows the packets of one reply: where it ends, and how. Which packets announce others, and which end them, is told by their first
/// byte and their length, so that it holds with and without CLIENT_DEPRECATE_EOF.
/// </summary>
internal sealed class MysqlReply(MysqlSession session)
{
    private const byte Ok = 0;
    private const byte MoreData = 1;
    private const byte File = 0xfb;
    private const byte End = 0xfe;
    private const byte Error = 0xff;

    private const int EofLength = 5;
    private const int ShortestOk = 7;
    private const int PreparedLength = 12;
    private const int MoreResults = 8;
    private const int CursorExists = 0x40;

    // caching_sha2_password: the server knows the password already, and an OK follows.
    private const byte FastSuccess = 3;

    private ShortText _status;
    private MysqlRequest _request;
    private ReplyPart _part;
    private long _parameters;
    private long _columns;
    private long _rows;
    private bool _mayEndDefinitions;

    /// <summary>How it ended; empty when unknown.</summary>
    public ReadOnlySpan<byte> Status => _status.Bytes;

    /// <summary>Whether it is an error; absent when unknown.</summary>
    public bool? Failed { get; private set; }

    /// <summary>Whether the server says no more after it.</summary>
    public bool IsGoodbye { get; private set; }

    /// <summary>Whether a login is complete with it.</summary>
    public bool IsLoggedIn { get; private set; }

    /// <summary>Begins a reply.</summary>
    public void Begin(in MysqlRequest request)
    {
        _status.Clear();
        (_request, _part, Failed, IsGoodbye, IsLoggedIn) = (request, ReplyPart.Head, null, false, false);
    }

    /// <summary>Takes the next packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="payload">The beginning of its payload.</param>
    /// <param name="rest">What follows it in the piece at hand.</param>
    /// <returns>Whether the reply goes on, is complete, or no reply is like this.</returns>
    public FrameStatus Take(MysqlPacket packet, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest)
    {
        FrameStatus status = payload is [Error, ..] ? Fail(payload) : _part switch
        {
            ReplyPart.Head => Head(packet, payload, rest),
            ReplyPart.Columns => Column(),
            ReplyPart.Prepared => Definition(packet, payload, rest),
            _ => Row(packet, payload),
        };
        // What words are left of it may be but the beginning of the truth.
        if (status == FrameStatus.Complete && packet.HasHole) _status.Clear();
        return status;
    }

    private FrameStatus Head(MysqlPacket packet, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest)
    {
        if (payload.IsEmpty) return FrameStatus.Unfit;
        switch (_request.Kind)
        {
            case MysqlRequestKind.Login when payload[0] != Ok:
                return Question(payload);
            case MysqlRequestKind.Statistics:
                return Succeed(payload);
            case MysqlRequestKind.Dump:
                return Succeed("events"u8);
            case MysqlRequestKind.Fetch:
            case MysqlRequestKind.FieldList when payload[0] != Ok:
                BeginRows(mayEndDefinitions: false);
                return Row(packet, payload);
            case MysqlRequestKind.Prepare when payload[0] == Ok:
                return Prepared(packet, payload);
            case MysqlRequestKind.Unknown:
                return Unknown(packet, payload, rest);
        }

        return payload[0] switch
        {
            Ok when packet.Length >= ShortestOk => EndResult(packet, payload),
            End => EndResult(packet, payload),
            File when _request.Kind == MysqlRequestKind.Query => AskForFile(payload[1..]),
            File => FrameStatus.Unfit,
            _ => Columns(packet, payload),
        };
    }

    private FrameStatus Columns(MysqlPacket packet, ReadOnlySpan<byte> payload)
    {
        var fields = new MysqlFields(payload);
        bool isOptional = session.Agreed is { } agreed && (agreed & MysqlCapabilities.OptionalMetadata) != 0;
        bool follows = !isOptional || fields.U8() == 1;
        long count = fields.Number();
        if (!isOptional && !fields.Rest.IsEmpty) follows = fields.U8() == 1;
        if (fields.IsBroken || packet.Length != payload.Length || !fields.Rest.IsEmpty || count == 0) return FrameStatus.Unfit;
        (_part, _columns) = (ReplyPart.Columns, count);
        // Nothing else brings results.
        if (_request.Kind == MysqlRequestKind.Unknown) _request = new MysqlRequest(MysqlRequestKind.Query, HasSecret: true);
        if (!follows) BeginRows(mayEndDefinitions: true);
        return FrameStatus.NeedMore;
    }

    private FrameStatus Column()
    {
        if (--_columns == 0) BeginRows(mayEndDefinitions: true);
        return FrameStatus.NeedMore;
    }

    private void BeginRows(bool mayEndDefinitions) => (_part, _rows, _mayEndDefinitions) = (ReplyPart.Rows, 0, mayEndDefinitions);

    private FrameStatus Row(MysqlPacket packet, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty && packet.Length > 0) return FrameStatus.Unfit;
        if (!IsEnd(packet, payload))
        {
            if (_mayEndDefinitions) session.HasDefinitionEnd = _mayEndDefinitions = false;
            _rows++;
            return FrameStatus.NeedMore;
        }

        bool isEof = packet.Length == EofLength;
        if (!isEof || !_mayEndDefinitions) return EndResult(packet, payload);
        session.HasDefinitionEnd = true;
        _mayEndDefinitions = false;
        // The rows of a cursor are fetched later.
        return (Flags(payload) & CursorExists) != 0 ? Succeed("cursor"u8) : FrameStatus.NeedMore;
    }

    // STMT_PREPARE's OK: the identifier, and how many definitions of columns and of parameters follow.
    private FrameStatus Prepared(MysqlPacket packet, ReadOnlySpan<byte> payload)
    {
        var fields = new MysqlFields(payload[1..]);
        uint id = fields.U32();
        (_columns, _parameters) = (fields.U16(), fields.U16());
        if (fields.IsBroken) return FrameStatus.Unfit;
        session.Prepare(id, _request.Statement);
        if (_request.Kind == MysqlRequestKind.Prepare) Succeed("OK"u8);
        _part = ReplyPart.Prepared;
        bool isShort = packet.Length == PreparedLength + 1 && payload.Length > PreparedLength && payload[PreparedLength] == 0;
        return _columns + _parameters == 0 || isShort ? FrameStatus.Complete : FrameStatus.NeedMore;
    }

    // Parameters come first, then columns, and an end behind either where definitions have one.
    private FrameStatus Definition(MysqlPacket packet, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest)
    {
        if (IsEnd(packet, payload)) return _columns + _parameters == 0 ? FrameStatus.Complete : FrameStatus.NeedMore;
        if (_parameters > 0) _parameters--;
        else _columns--;
        return _columns + _parameters > 0 || EndFollows(packet, rest) ? FrameStatus.NeedMore : FrameStatus.Complete;
    }

    private bool EndFollows(MysqlPacket packet, ReadOnlySpan<byte> rest)
    {
        if (session.Agreed is { } agreed) return (agreed & MysqlCapabilities.DeprecateEof) == 0;
        return session.HasDefinitionEnd ?? (IsNext(packet, rest) && rest is [EofLength, 0, 0, _, End, ..]);
    }

    private static bool IsNext(MysqlPacket packet, ReadOnlySpan<byte> rest) => rest.Length > 3 && rest[3] == packet.NextSequence;

    // Of a reply to nobody knows what, nothing is said but an error and rows; what follows tells where it ends, as far as it is there.
    private FrameStatus Unknown(MysqlPacket packet, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> rest)
    {
        bool isOfLogin = packet.Sequence > 1;
        IsLoggedIn = isOfLogin && payload[0] == Ok;
        if (isOfLogin && payload is [MoreData, FastSuccess]) return FrameStatus.NeedMore;
        bool mayPrepare = payload.Length is PreparedLength or PreparedLength + 1 && payload[0] == Ok && payload[9] == 0;
        if (mayPrepare) session.Prepare(BinaryPrimitives.ReadUInt32LittleEndian(payload[1..]), null);
        bool areFields = packet.Length > 9 && payload.StartsWith("\u0003def"u8);
        if (mayPrepare && IsNext(packet, rest)) return Prepared(packet, payload);
        if (areFields || (payload[0] == Ok && IsNext(packet, rest)))
        {
            BeginRows(mayEndDefinitions: false);
            return FrameStatus.NeedMore;
        }

        bool isResult = payload[0] is not (Ok or File or End) && !isOfLogin && Columns(packet, payload) == FrameStatus.NeedMore;
        return isResult ? FrameStatus.NeedMore : FrameStatus.Complete;
    }

    private FrameStatus EndResult(MysqlPacket packet, ReadOnlySpan<byte> payload)
    {
        if (packet.HasHole) return FrameStatus.Complete;
        Failed = false;
        if (_request.Kind == MysqlRequestKind.Unknown) return FrameStatus.Complete;
        if (!_status.IsEmpty) _status.Add("; "u8);
        if (_part == ReplyPart.Rows) Count(_rows);
        else Acknowledge(payload);
        IsLoggedIn = _request.Kind == MysqlRequestKind.Login;
        _part = ReplyPart.Head;
        return (Flags(payload) & MoreResults) != 0 ? FrameStatus.NeedMore : FrameStatus.Complete;
    }

    private void Acknowledge(ReadOnlySpan<byte> payload)
    {
        _status.Add("OK"u8);
        var fields = new MysqlFields(payload[1..]);
        long affected = payload[0] == Ok ? fields.Number() : 0;
        if (affected == 0) return;
        _status.Add(", "u8);
        Count(affected);
        _status.Add(" affected"u8);
    }

    private void Count(long count)
    {
        _status.Add(count);
        _status.Add(" "u8);
        _status.Add(_request.Kind == MysqlRequestKind.FieldList ? "field"u8 : "row"u8);
        if (count != 1) _status.Add("s"u8);
    }

    // What the server asks for in a login: another way to prove who one is, or the next step of one.
    private FrameStatus Question(ReadOnlySpan<byte> payload)
    {
        if (payload is [MoreData, FastSuccess]) return FrameStatus.NeedMore;
        if (payload[0] != End) return Succeed("AuthMoreData"u8);
        Succeed("AuthSwitchRequest "u8);
        var fields = new MysqlFields(payload[1..]);
        _status.Add(payload.Length == 1 ? "mysql_old_password"u8 : fields.Text());
        return FrameStatus.Complete;
    }

    private FrameStatus AskForFile(ReadOnlySpan<byte> name)
    {
        session.ExpectsFile = true;
        Succeed("LOCAL INFILE "u8);
        _status.Add(name);
        return FrameStatus.Complete;
    }

    private FrameStatus Succeed(ReadOnlySpan<byte> status)
    {
        Failed = false;
        _status.Clear();
        _status.Add(status);
        return FrameStatus.Complete;
    }

    private FrameStatus Fail(ReadOnlySpan<byte> payload)
    {
        if (MysqlError.IsProgress(payload)) return FrameStatus.NeedMore;
        Failed = true;
        // Who may not log in is not heard any more.
        IsGoodbye = _request.Kind == MysqlRequestKind.Login || MysqlError.EndsConnection(payload);
        MysqlError.Write(payload, _request.HasSecret, ref _status);
        // What it repeats of a statement that nobody knows may be a password.
        if (_request.Kind == MysqlRequestKind.Unknown && MysqlError.IsSyntax(payload)) _status.Clear();
        return FrameStatus.Complete;
    }

    /// <summary>Whether a packet ends definitions or rows: an EOF, or an OK in its place. A row that begins so is longer than a
    /// packet.</summary>
    public static bool IsEnd(MysqlPacket packet, ReadOnlySpan<byte> payload) =>
        payload is [End, ..] && packet.Length is EofLength or (>= ShortestOk and < 0xff_ffff);

    private static int Flags(ReadOnlySpan<byte> payload)
    {
        var fields = new MysqlFields(payload[1..]);
        if (payload[0] == End && payload.Length == EofLength)
        {
            fields.Take(2);
        }
        else
        {
            fields.Number();
            fields.Number();
        }

        return fields.U16();
    }
}
