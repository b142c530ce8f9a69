using System.Buffers.Binary;
using System.Text;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Mysql;

/// <summary>
/// MySQL and MariaDB: the server offers no more than both sides used, whoever asks may come in, prepared statements have numbers of this
/// connection, and the status of the transaction is that of the live conversation.
/// </summary>
internal sealed class MysqlAdaptation : Adaptation
{
    private const int Header = 4;
    private const uint Compress = 0x20, Ssl = 0x800;

    // After the capabilities: the largest packet, the character set, and 19 bytes without meaning (protocol 4.1).
    private const int ClientExtensionsAt = Header + 4 + 4 + 1 + 19;

    private const byte Prepare = 0x16, Execute = 0x17, ResetStatement = 0x1a, Fetch = 0x1c;

    private readonly Dictionary<RecordedMessage, uint> _recordedStatements = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<uint, uint> _liveStatements = [];
    private uint? _prepared;
    private uint _lastStatement;
    private readonly LiveTransaction _transaction = new();
    private string _database = "";

    /// <inheritdoc/>
    public override RecordedConnection ToServe(RecordedConnection recorded)
    {
        int opening = recorded.Exchanges.ToList().FindIndex(exchange => IsLogin(exchange.Request));
        if (opening < 0) return recorded;
        RecordedExchange login = recorded.Exchanges[opening];
        RecordedExchange[] secrets = [.. recorded.Exchanges.Skip(opening + 1).TakeWhile(exchange => IsSecret(exchange.Request))];
        RecordedMessage? verdict = secrets.LastOrDefault()?.Reply ?? login.Reply;
        List<RecordedExchange> exchanges =
        [
            .. recorded.Exchanges.Take(opening).Where(exchange => exchange.Request is null)
                .Select(greeting => Offering(greeting, login)),
            verdict is null ? login
                : login with { Reply = LastPacket(verdict), Status = verdict.Status, Failed = verdict.Failed },
            .. recorded.Exchanges.Skip(opening + 1 + secrets.Length),
        ];
        return recorded with { Exchanges = exchanges };
    }

    /// <inheritdoc/>
    public override RecordedConnection ToSend(RecordedConnection recorded)
    {
        foreach (RecordedExchange exchange in recorded.Exchanges)
        {
            if (exchange is not { Request: { } request, Reply: { } reply } || Command(request.Bytes.Span) != Prepare) continue;
            if (Statement(reply.Bytes.Span) is { } statement) _recordedStatements[request] = statement;
        }

        return ToServe(recorded);
    }

    /// <inheritdoc/>
    public override void Hear(LiveMessage message)
    {
        // A client waits for what it has prepared before it goes on.
        if (_prepared is { } recorded && Statement(message.Bytes.Span) is { } statement) _liveStatements[recorded] = statement;
        _prepared = null;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        if (message.Length < Header + 1) return message;
        if (from == Side.Server) return Answered(message);
        // Only a login has a sequence number of its own, and what it says depends on the salt; the operation says the rest.
        if (message.Span[3] != 0) return default;
        if (!NamesStatement(message.Span)) return message;
        byte[] content = message.ToArray();
        content.AsSpan(Header + 1, 4).Clear();
        return content;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Occasion.Self == Side.Client) return Request(saying);
        if (saying.Asked is not { } asked || saying.Bytes.Length < Header + 5) return saying.Bytes;
        byte[] bytes = saying.Bytes.ToArray();
        if (IsLogin(saying.AskedThen)) bytes[3] = (byte)(asked.Bytes.Length < Header ? 2 : asked.Bytes.Span[3] + 1);
        if (Command(asked.Bytes.Span) == Prepare && Statement(bytes) is not null)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Header + 1), ++_lastStatement);
        if (saying.AskedThen is { } then) _transaction.PutRight(bytes, then.Operation.Span, Command(asked.Bytes.Span) == Prepare);
        return bytes;
    }

    /// <inheritdoc/>
    public override Standing Standing(ReadOnlySpan<byte> operation) => new(null, _database);

    /// <inheritdoc/>
    public override void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
        if (reply?.Failed == true) return;
        string[] words = Encoding.UTF8.GetString(operation).Split(' ');
        const string names = "database=";
        if (words[0] is "login" or "CHANGE_USER")
            _database = words.FirstOrDefault(word => word.StartsWith(names, StringComparison.Ordinal))?[names.Length..] ?? "";
        else if (words.Length == 2 && (words[0] == "INIT_DB" || words[0].Equals("use", StringComparison.OrdinalIgnoreCase)))
            _database = words[1].Trim('`');
    }

    // Without TLS and compression, and without what the recorded client did not take: so the live one speaks as that did.
    private static RecordedExchange Offering(RecordedExchange greeting, RecordedExchange login)
    {
        if (greeting.Reply is not { } message || login.Request is not { Bytes.Length: >= ClientExtensionsAt + 4 } client) return greeting;
        byte[] bytes = message.Bytes.ToArray();
        int version = Array.IndexOf(bytes, (byte)0, Math.Min(Header + 1, bytes.Length));
        // The thread, eight bytes of salt and a zero stand before the capabilities, whose upper half is behind five bytes more.
        int lower = version + 1 + 4 + 8 + 1, upper = lower + 2 + 3, extensions = upper + 2 + 1 + 6;
        if (version < 0 || bytes.Length < extensions + 4) return greeting;
        uint used = BinaryPrimitives.ReadUInt32LittleEndian(client.Bytes.Span[Header..]) & ~(Ssl | Compress) | 1;
        Span<byte> low = bytes.AsSpan(lower, 2), high = bytes.AsSpan(upper, 2), more = bytes.AsSpan(extensions, 4);
        BinaryPrimitives.WriteUInt16LittleEndian(low, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(low) & used));
        BinaryPrimitives.WriteUInt16LittleEndian(high, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(high) & used >> 16));
        uint extended = BinaryPrimitives.ReadUInt32LittleEndian(client.Bytes.Span[ClientExtensionsAt..]);
        BinaryPrimitives.WriteUInt32LittleEndian(more, BinaryPrimitives.ReadUInt32LittleEndian(more) & extended);
        return greeting with { Reply = message with { Bytes = bytes } };
    }

    // Where it stands in its dialogue, and the number of a statement that was prepared, tell nothing.
    private static ReadOnlyMemory<byte> Answered(ReadOnlyMemory<byte> reply)
    {
        byte[] content = reply.ToArray();
        content[3] = 0;
        if (content is [12, 0, 0, _, 0, ..] && content.Length >= Header + 12) content.AsSpan(Header + 1, 4).Clear();
        return content;
    }

    private ReadOnlyMemory<byte> Request(in Saying saying)
    {
        if (IsLogin(saying.Message)) return Login(saying.Bytes);
        if (_recordedStatements.TryGetValue(saying.Message, out uint prepared)) _prepared = prepared;
        if (!NamesStatement(saying.Bytes.Span)) return saying.Bytes;
        byte[] bytes = saying.Bytes.ToArray();
        Span<byte> name = bytes.AsSpan(Header + 1, 4);
        if (_liveStatements.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(name), out uint live))
            BinaryPrimitives.WriteUInt32LittleEndian(name, live);
        return bytes;
    }

    private static byte? Command(ReadOnlySpan<byte> request) => request.Length > Header && request[3] == 0 ? request[Header] : null;

    private static bool NamesStatement(ReadOnlySpan<byte> request) =>
        request.Length >= Header + 5 && Command(request) is (>= Execute and <= ResetStatement) or Fetch;

    // The number that an OK to a statement to prepare begins with.
    private static uint? Statement(ReadOnlySpan<byte> reply) =>
        reply.Length >= Header + 5 && reply[Header] == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(reply[(Header + 1)..]) : null;

    // As the first word after the greeting, whatever came between then.
    private static ReadOnlyMemory<byte> Login(ReadOnlyMemory<byte> recorded)
    {
        byte[] bytes = recorded.ToArray();
        if (bytes.Length < Header + 4) return bytes;
        bytes[3] = 1;
        Span<byte> capabilities = bytes.AsSpan(Header, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(capabilities, BinaryPrimitives.ReadUInt32LittleEndian(capabilities) & ~(Ssl | Compress));
        return bytes;
    }

    private static RecordedMessage LastPacket(RecordedMessage reply)
    {
        ReadOnlyMemory<byte> last = reply.Bytes;
        for (ReadOnlyMemory<byte> rest = last; rest.Length >= Header;)
        {
            int length = Header + (BinaryPrimitives.ReadInt32LittleEndian(rest.Span) & 0xff_ffff);
            if (length > rest.Length) break;
            last = rest[..length];
            rest = rest[length..];
        }

        return reply with { Bytes = last, Length = last.Length };
    }

    private static bool IsLogin(RecordedMessage? request) => request?.Operation.Span.StartsWith("login"u8) == true;

    private static bool IsSecret(RecordedMessage? request) => request?.Operation.Span.SequenceEqual("password"u8) == true;
}
