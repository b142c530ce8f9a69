using System.Buffers;
using System.Net;
using System.Text.Json;
using Trama.Cli.Logs;
using Trama.Peers.Sending;
using Trama.Peers.Transports;

namespace Trama.Cli.Commands.Sending;

/// <summary>What a client says and hears, for <c>--record</c>. One thread may tell what is sent, another what is received.</summary>
internal sealed class ClientRecord(JsonEvents events)
{
    // What is larger is told in pieces, so that one without an end does not fill the memory.
    private const int MostHeld = 16 << 20;

    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly ArrayBufferWriter<byte> _reply = new();
    private long _connection;
    private long _messageAt;
    private long _repliedAt;
    private long _messages;
    private long _sent;
    private long _received;

    /// <summary>A connection is there.</summary>
    public void Connected(Client client)
    {
        (_messages, _sent, _received) = (0, 0, 0);
        Utf8JsonWriter json = events.Begin("connected"u8, ++_connection);
        if (client.Transport.Socket.LocalEndPoint is IPEndPoint own) json.WriteString("client"u8, own.ToString());
        json.WriteString("server"u8, client.Server.ToString());
        events.End(json);
    }

    /// <summary>The next bytes of a message go out.</summary>
    public void Sending(ReadOnlySpan<byte> bytes)
    {
        if (_message.WrittenCount + bytes.Length > MostHeld) Write("message"u8, _messageAt, _message);
        if (_message.WrittenCount == 0) _messageAt = events.Now;
        _sent += bytes.Length;
        _message.Write(bytes);
    }

    /// <summary>The message is complete.</summary>
    public void EndMessage()
    {
        if (_message.WrittenCount > 0) _messages++;
        Write("message"u8, _messageAt, _message);
    }

    /// <summary>The next bytes of a reply have come.</summary>
    public void Received(ReadOnlySpan<byte> bytes)
    {
        if (_reply.WrittenCount + bytes.Length > MostHeld) EndReply();
        _repliedAt = events.Now;
        _received += bytes.Length;
        _reply.Write(bytes);
    }

    /// <summary>The reply, or what there is of it, is complete.</summary>
    public void EndReply() => Write("reply"u8, _repliedAt, _reply);

    /// <summary>The connection is over.</summary>
    /// <param name="failure">What went wrong, if something did.</param>
    /// <param name="byServer">Whether the server closed it.</param>
    /// <param name="tcp">What the kernel counted of it, where that is wanted.</param>
    public void Closed(ClientFailure? failure, bool byServer, TcpStatistics? tcp)
    {
        Write("message"u8, _messageAt, _message);
        Utf8JsonWriter json = events.Begin("closed"u8, _connection);
        json.WriteString("reason"u8, failure is { } what ? Name(what) : byServer ? "server-closed"u8 : "client-closed"u8);
        json.WriteNumber("messages"u8, _messages);
        json.WriteNumber("receivedBytes"u8, _received);
        json.WriteNumber("sentBytes"u8, _sent);
        if (tcp is { } counted) JsonEvents.WriteTcp(json, counted);
        events.End(json);
    }

    /// <summary>What went wrong, as it is written.</summary>
    public static ReadOnlySpan<byte> Name(ClientFailure failure) => failure switch
    {
        ClientFailure.SendTimedOut => "send-timed-out"u8,
        ClientFailure.ReplyTimedOut => "reply-timed-out"u8,
        ClientFailure.ClosedWithoutReply => "closed-without-reply"u8,
        ClientFailure.Cut => "cut"u8,
        ClientFailure.RepliesMissing => "replies-missing"u8,
        ClientFailure.NotAllTaken => "not-all-taken"u8,
        ClientFailure.Unfit => "unfit"u8,
        ClientFailure.InputUnreadable => "input-unreadable"u8,
        ClientFailure.InputUnfit => "input-unfit"u8,
        ClientFailure.InputCut => "input-cut"u8,
        ClientFailure.Misbehaved => "misbehaved"u8,
        ClientFailure.Reset => "reset"u8,
        ClientFailure.Refused => "refused"u8,
        ClientFailure.Unreachable => "unreachable"u8,
        ClientFailure.TooLarge => "too-large"u8,
        _ => "failed"u8,
    };

    private void Write(ReadOnlySpan<byte> type, long at, ArrayBufferWriter<byte> bytes)
    {
        if (bytes.WrittenCount == 0) return;
        Utf8JsonWriter json = JsonEvents.Begin(type, _connection, at);
        json.WriteNumber("bytes"u8, bytes.WrittenCount);
        JsonEvents.WriteContent(json, bytes.WrittenSpan);
        events.End(json);
        bytes.ResetWrittenCount();
    }
}
