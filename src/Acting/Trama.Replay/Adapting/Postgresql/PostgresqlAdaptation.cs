using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Trama.Replay.Adapting.Refusing;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Postgresql;

/// <summary>
/// PostgreSQL: whoever asks may come in, without encryption and with a key of his own for cancelling; a client that may come in without a
/// password gives none; names of statements and portals tell nothing; the status of the transaction is that of the live conversation.
/// </summary>
internal sealed class PostgresqlAdaptation : Adaptation
{
    private const byte Authentication = (byte)'R', KeyData = (byte)'K', Password = (byte)'p', Ready = (byte)'Z';
    private const int CleartextPassword = 3;

    private ReadOnlyMemory<byte> _password;

    // Replies are chosen when they are asked for, and said later.
    private byte _chosen = TransactionStatus.Idle, _said = TransactionStatus.Idle;

    /// <inheritdoc/>
    public override RecordedConnection ToServe(RecordedConnection recorded)
    {
        RecordedMessage? admitted = recorded.Exchanges.Select(exchange => exchange.Reply)
            .FirstOrDefault(reply => reply is not null && Admission(reply.Bytes.Span) >= 0);
        List<RecordedExchange> exchanges =
        [
            .. recorded.Exchanges.Where(exchange => !Settles(exchange.Request)).Select(exchange =>
                admitted is null || !Opens(exchange.Request) ? exchange : Admitted(exchange, admitted)),
        ];
        return recorded with { Exchanges = exchanges };
    }

    /// <inheritdoc/>
    public override RecordedConnection ToSend(RecordedConnection recorded)
    {
        if (recorded.Exchanges.Any(exchange => exchange.Reply is { } reply && Asks(reply.Bytes.Span) == CleartextPassword))
            _password = recorded.Exchanges.Select(exchange => exchange.Request).FirstOrDefault(IsPassword)?.Bytes ?? default;
        return ToServe(recorded);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        var content = new ArrayBufferWriter<byte>(message.Length);
        for (var frames = new PostgresqlFrames(message.Span); frames.TryNext();)
        {
            ReadOnlySpan<byte> body = frames.Body;
            // The operation says who opens what; a reply's keys, and what it says of the server, are told once and differ.
            if (frames.Type is 0 or KeyData or (byte)'S' && (from == Side.Server || frames.Type == 0)) continue;
            content.GetSpan(1)[0] = frames.Type;
            content.Advance(1);
            switch (frames.Type)
            {
                case (byte)'P' or (byte)'E' when from == Side.Client: content.Write(After(body)); break;
                case (byte)'B' when from == Side.Client: content.Write(After(After(body))); break;
                case (byte)'D' or (byte)'C' when from == Side.Client: content.Write(body[..Math.Min(1, body.Length)]); break;
                default: content.Write(body); break;
            }
        }

        return content.WrittenMemory;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? OwnReply(LiveMessage asked)
    {
        ReadOnlySpan<byte> bytes = asked.Bytes.Span;
        if (Asks(bytes) == CleartextPassword && !_password.IsEmpty) return _password;
        // Neither TLS nor GSSAPI (protocol flow, section "SSL Session Encryption").
        if (AsksToEncrypt(asked.Operation.Span)) return "N"u8.ToArray();
        return null;
    }

    /// <inheritdoc/>
    public override Standing Standing(ReadOnlySpan<byte> operation) =>
        new(_chosen == TransactionStatus.Failed && !TransactionStatus.IsTakenByFailed(operation) ? "failed" : null, null);

    /// <inheritdoc/>
    public override void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
        if (reply is null) return;
        _chosen = TransactionStatus.After(_chosen, reply.Bytes.Span);
        if (reply.Failed == true && _chosen == TransactionStatus.InTransaction) _chosen = TransactionStatus.Failed;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte>? Refusal(LiveMessage asked)
    {
        bool isReady = false;
        for (var frames = new PostgresqlFrames(asked.Bytes.Span); frames.TryNext();)
        {
            // Who comes in is refused by the end.
            if (frames.Type == 0) return null;
            isReady |= frames.Type is (byte)'Q' or (byte)'S' or (byte)'F';
        }

        bool hadFailed = _said == TransactionStatus.Failed;
        if (_said == TransactionStatus.InTransaction) _said = TransactionStatus.Failed;
        return hadFailed
            ? BinaryRefusals.Postgresql("25P02", "current transaction is aborted, commands ignored until end of transaction block",
                isReady ? _said : null)
            : BinaryRefusals.Postgresql("0A000", "not recorded", isReady ? _said : null);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Occasion.Self == Side.Client) return saying.Bytes;
        _said = TransactionStatus.After(_said, saying.Bytes.Span);
        bool opens = saying.AskedThen is { } asked && Opens(asked);
        byte[]? changed = null;
        for (var frames = new PostgresqlFrames(saying.Bytes.Span); frames.TryNext();)
        {
            bool isKey = opens && frames.Type == KeyData;
            // The transaction is that of the live conversation.
            bool isOther = frames.Type == Ready && frames.Body is [var status] && status != _said;
            if (!isKey && !isOther) continue;
            changed ??= saying.Bytes.ToArray();
            if (isOther) changed[frames.At + 5] = _said;
            else RandomNumberGenerator.Fill(changed.AsSpan(frames.At + 5, frames.Body.Length));
        }

        return changed ?? saying.Bytes;
    }

    // Where a reply begins to say that the client is in; -1 when it does not.
    private static int Admission(ReadOnlySpan<byte> reply)
    {
        for (var frames = new PostgresqlFrames(reply); frames.TryNext();)
            if (frames.Type == Authentication && frames.Body is [0, 0, 0, 0]) return frames.At;
        return -1;
    }

    private static int Asks(ReadOnlySpan<byte> reply) =>
        reply is [Authentication, _, _, _, _, _, _, _, _, ..] ? BinaryPrimitives.ReadInt32BigEndian(reply[5..]) : 0;

    private static RecordedExchange Admitted(RecordedExchange opening, RecordedMessage admitted)
    {
        ReadOnlyMemory<byte> bytes = admitted.Bytes[Admission(admitted.Bytes.Span)..];
        return opening with
        {
            Reply = admitted with { Bytes = bytes, Length = bytes.Length },
            Status = admitted.Status,
            Failed = admitted.Failed,
        };
    }

    private static bool Opens(RecordedMessage? request) => request?.Operation.Span.StartsWith("startup"u8) == true;

    private static bool Settles(RecordedMessage? request) =>
        request is not null && (IsPassword(request) || AsksToEncrypt(request.Operation.Span));

    private static bool AsksToEncrypt(ReadOnlySpan<byte> operation) =>
        operation.SequenceEqual("SSLRequest"u8) || operation.SequenceEqual("GSSENCRequest"u8);

    private static bool IsPassword(RecordedMessage? request) => request is not null && request.Bytes.Span is [Password, ..];

    // What follows a text and its end.
    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> body) => body[(body.IndexOf((byte)0) + 1)..];
}
