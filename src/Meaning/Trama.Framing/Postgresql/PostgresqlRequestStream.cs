using System.Buffers.Binary;
using Trama.Framing.Sql;

namespace Trama.Framing.Postgresql;

/// <summary>
/// What the client says. A request is a simple query, or the messages of the extended query up to Execute and the Sync that comes with it,
/// so that each statement of a pipeline is an operation of its own.
/// </summary>
internal sealed class PostgresqlRequestStream(PostgresqlSession session) : StreamFraming
{
    private PostgresqlFrame _frame;
    private ShortText _operation;
    private ShortText _group;
    private PostgresqlRequestKind _kind;
    private bool _begun;
    private bool _hasExecute;
    private bool _hasSync;
    private bool _isGoodbye;
    private int _awaits;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Description => _operation.Bytes;

    /// <inheritdoc/>
    public override void Describe(ref MessageEnd end)
    {
        bool isOneWay = _kind == PostgresqlRequestKind.OneWay;
        end.Description = end.Operation = _operation.Bytes;
        end.Group = _group.Bytes;
        end.ReplyDue = !isOneWay;
        if (isOneWay) end.Traits = _isGoodbye ? MessageTraits.NoReply | MessageTraits.Goodbye : MessageTraits.NoReply;
    }

    /// <inheritdoc/>
    public override int Boundary(ReadOnlySpan<byte> bytes) =>
        bytes[0] is (byte)'Q' or (byte)'P' or (byte)'B' or (byte)'F' or (byte)'X' && PostgresqlFrame.IsBoundary(Direction.ToServer, bytes)
            ? 0 : -1;

    /// <inheritdoc/>
    protected override FrameStep Scan(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            if (!_begun) Begin();
            // Only the first messages have no type: the first byte of their length is zero, which is no type.
            bool isTyped = _frame.HasBegun ? _frame.Type != 0 : bytes[at] != 0;
            FrameStatus status = _frame.Take(Direction.ToServer, isTyped, bytes, ref at, out ReadOnlySpan<byte> body);
            if (status == FrameStatus.Unfit) return Unfit(FramingFault.BadType, at);
            if (status == FrameStatus.NeedMore) break;
            Understand(body);
            if (Ends(bytes[at..])) return End(at);
        }

        return FrameStep.NeedMore(at);
    }

    /// <inheritdoc/>
    protected override FrameStep Pass(int count) => _frame.TryPass(count) ? FrameStep.NeedMore(count) : base.Pass(count);

    /// <inheritdoc/>
    protected override bool TryForget()
    {
        _frame.Clear();
        _begun = false;
        session.Lose();
        session.Statements.Clear();
        return true;
    }

    private void Begin()
    {
        (_begun, _kind, _awaits) = (true, PostgresqlRequestKind.Extended, 0);
        (_hasExecute, _hasSync, _isGoodbye) = (false, false, false);
        _operation.Clear();
        _group.Clear();
    }

    private FrameStep End(int taken)
    {
        _begun = false;
        if (_frame.Type == 0 && session.IsUnsure) session.Begin();
        return session.TryAdd(new PostgresqlRequest(_kind, _awaits, _hasSync))
            ? FrameStep.Complete(taken) : Unfit(FramingFault.TooManyPending, taken - 1);
    }

    // Sync and Flush that come with what they hurry belong to it.
    private bool Ends(ReadOnlySpan<byte> rest) => _frame.Type switch
    {
        (byte)'E' or (byte)'c' or (byte)'f' => rest is not [(byte)'S' or (byte)'H', ..],
        (byte)'P' or (byte)'B' or (byte)'D' or (byte)'C' or (byte)'d' => false,
        _ => true,
    };

    private void Understand(ReadOnlySpan<byte> body)
    {
        switch (_frame.Type)
        {
            case 0: Open(body); break;
            case (byte)'p': Name("password"u8, PostgresqlRequestKind.Opening); break;
            case (byte)'Q': Query(body); break;
            case (byte)'F': Name("FunctionCall"u8, PostgresqlRequestKind.Query); break;
            case (byte)'X':
                _isGoodbye = true;
                Name("Terminate"u8, PostgresqlRequestKind.OneWay);
                break;
            case (byte)'d' or (byte)'c' or (byte)'f': Name("COPY data"u8, PostgresqlRequestKind.Query); break;
            case (byte)'S': Sync(); break;
            case (byte)'H': if (_awaits == 0) Name("Flush"u8, PostgresqlRequestKind.OneWay); break;
            default: Extended(body); break;
        }
    }

    private void Open(ReadOnlySpan<byte> body)
    {
        int code = body.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(body);
        switch (code)
        {
            case StartupCode.Ssl: Name("SSLRequest"u8, PostgresqlRequestKind.Encryption); return;
            case StartupCode.Gss: Name("GSSENCRequest"u8, PostgresqlRequestKind.Encryption); return;
            case StartupCode.Cancel: Name("CancelRequest"u8, PostgresqlRequestKind.OneWay); return;
            default: Name("startup"u8, PostgresqlRequestKind.Opening); break;
        }

        ReadOnlySpan<byte> rest = body[Math.Min(4, body.Length)..];
        while (rest is [not 0, ..])
        {
            ReadOnlySpan<byte> name = PostgresqlText.Take(ref rest), value = PostgresqlText.Take(ref rest);
            if (!name.SequenceEqual("user"u8) && !name.SequenceEqual("database"u8)) continue;
            _operation.Add(" "u8);
            _operation.Add(name);
            _operation.Add("="u8);
            _operation.Add(value);
        }
    }

    private void Query(ReadOnlySpan<byte> body)
    {
        _kind = PostgresqlRequestKind.Query;
        SqlText.Write(body, ref _operation, ref _group);
    }

    private void Sync()
    {
        _hasSync = true;
        if (_operation.IsEmpty && _awaits == 0) _operation.Add("Sync"u8);
    }

    private void Extended(ReadOnlySpan<byte> body)
    {
        _awaits++;
        ReadOnlySpan<byte> name = _frame.Type is (byte)'D' or (byte)'C' && !body.IsEmpty ? body[1..] : body;
        ReadOnlySpan<byte> rest = name;
        name = PostgresqlText.Take(ref rest);
        switch (_frame.Type)
        {
            case (byte)'P':
                session.Statements.Prepare(name, rest);
                Suggest("Parse "u8, session.Statements.OfName(name));
                break;
            case (byte)'B':
                session.Statements.Bind(name, PostgresqlText.Take(ref rest));
                Suggest("Bind "u8, session.Statements.OfPortal(name));
                break;
            case (byte)'E':
                _hasExecute = true;
                _operation.Clear();
                _group.Clear();
                PreparedStatement? statement = session.Statements.OfPortal(name);
                _operation.Add(statement is null ? default : statement.Text);
                _group.Add(statement is null ? default : statement.Shape);
                break;
            case (byte)'C':
                session.Statements.Close(isPortal: body is [(byte)'P', ..], name);
                Suggest("Close "u8, name);
                break;
            default:
                Suggest("Describe "u8, body is [(byte)'P', ..] ? session.Statements.OfPortal(name) : session.Statements.OfName(name));
                break;
        }
    }

    // What the request is as long as it executes nothing.
    private void Suggest(ReadOnlySpan<byte> verb, PreparedStatement? statement) =>
        Suggest(verb, statement is null ? default : statement.Text);

    private void Suggest(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> words)
    {
        if (_hasExecute || !_operation.IsEmpty) return;
        _operation.Add(verb[..(words.IsEmpty ? verb.Length - 1 : verb.Length)]);
        _operation.Add(words);
    }

    private void Name(ReadOnlySpan<byte> operation, PostgresqlRequestKind kind)
    {
        _kind = kind;
        _operation.Clear();
        _operation.Add(operation);
    }
}
