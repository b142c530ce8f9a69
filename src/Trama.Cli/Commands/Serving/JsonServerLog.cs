using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Trama.Cli.Logs;
using Trama.Peers.Replies;
using Trama.Peers.Serving;

namespace Trama.Cli.Commands.Serving;

/// <summary>The server's events as one JSON object a line; times are nanoseconds since the Unix epoch.</summary>
/// <param name="events">Where they go.</param>
/// <param name="whole">Whether messages and replies are written whole; otherwise the beginning of messages, and of replies the
/// length.</param>
internal sealed class JsonServerLog(JsonEvents events, bool whole = false) : IServerLog
{
    private const int MostShown = 256;

    private long _connections;
    private long _messages;

    /// <inheritdoc/>
    public void Listening(EndPoint endpoint)
    {
        Utf8JsonWriter json = events.Begin("listening"u8);
        if (endpoint is IPEndPoint { Address: var address, Port: var port })
        {
            json.WriteString("address"u8, address.ToString());
            json.WriteNumber("port"u8, port);
        }
        else
        {
            json.WriteString("path"u8, endpoint.ToString());
        }

        events.End(json);
    }

    /// <inheritdoc/>
    public void Connected(ServerConnection connection)
    {
        Utf8JsonWriter json = events.Begin("connected"u8, connection.Id);
        json.WriteString("client"u8, connection.Client.ToString());
        json.WriteString("server"u8, connection.Local.ToString());
        events.End(json);
    }

    /// <inheritdoc/>
    public void Received(ServerConnection connection, ReadOnlySpan<byte> message)
    {
        Utf8JsonWriter json = events.Begin("message"u8, connection.Id);
        json.WriteNumber("bytes"u8, message.Length);
        JsonEvents.WriteContent(json, whole ? message : message[..MessageExcerpt.Length(message, MostShown)]);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Replied(ServerConnection connection, ReadOnlySpan<byte> reply)
    {
        Utf8JsonWriter json = events.Begin("reply"u8, connection.Id);
        json.WriteNumber("bytes"u8, reply.Length);
        if (whole) JsonEvents.WriteContent(json, reply);
        events.End(json);
    }

    /// <inheritdoc/>
    public void RepliedFile(ServerConnection connection, string path, long bytes)
    {
        Utf8JsonWriter json = events.Begin("reply"u8, connection.Id);
        json.WriteNumber("bytes"u8, bytes);
        json.WriteString("file"u8, path);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Troubled(ServerConnection connection, ResponderException trouble)
    {
        Utf8JsonWriter json = events.Begin("trouble"u8, connection.Id);
        ResponderWords.Write(json, trouble);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Broadcast(ServerConnection connection, ReadOnlySpan<byte> message, int clients)
    {
        Utf8JsonWriter json = events.Begin("broadcast"u8, connection.Id);
        json.WriteNumber("bytes"u8, message.Length);
        json.WriteNumber("clients"u8, clients);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Closed(ServerConnection connection, ConnectionEnd end)
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Add(ref _messages, connection.Messages);
        Utf8JsonWriter json = events.Begin("closed"u8, connection.Id);
        json.WriteString("reason"u8, Name(end));
        if (connection.ResponderError is { } error) ResponderWords.Write(json, error);
        json.WriteNumber("messages"u8, connection.Messages);
        json.WriteNumber("receivedBytes"u8, connection.ReceivedBytes);
        json.WriteNumber("sentBytes"u8, connection.SentBytes);
        if (connection.Statistics is { } tcp) JsonEvents.WriteTcp(json, tcp);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client)
    {
        Utf8JsonWriter json = events.Begin("refused"u8);
        json.WriteString("client"u8, client.ToString());
        events.End(json);
    }

    /// <inheritdoc/>
    public void AcceptFailed(SocketError error)
    {
        Utf8JsonWriter json = events.Begin("accept-failed"u8);
        json.WriteString("error"u8, error.ToString());
        events.End(json);
    }

    /// <inheritdoc/>
    public void Stopped()
    {
        Utf8JsonWriter json = events.Begin("stopped"u8);
        json.WriteNumber("connections"u8, Interlocked.Read(ref _connections));
        json.WriteNumber("messages"u8, Interlocked.Read(ref _messages));
        events.End(json);
    }

    private static ReadOnlySpan<byte> Name(ConnectionEnd end) => end switch
    {
        ConnectionEnd.ClientClosed => "client-closed"u8,
        ConnectionEnd.Replied => "replied"u8,
        ConnectionEnd.Idle => "idle"u8,
        ConnectionEnd.TooLarge => "too-large"u8,
        ConnectionEnd.TooSlow => "too-slow"u8,
        ConnectionEnd.HeldTooMuch => "held-too-much"u8,
        ConnectionEnd.Cut => "cut"u8,
        ConnectionEnd.Unfit => "unfit"u8,
        ConnectionEnd.Misbehaved => "misbehaved"u8,
        ConnectionEnd.Unanswered => "unanswered"u8,
        ConnectionEnd.TlsFailed => "tls-failed"u8,
        ConnectionEnd.Reset => "reset"u8,
        ConnectionEnd.Stopped => "stopped"u8,
        _ => "aborted"u8,
    };
}
