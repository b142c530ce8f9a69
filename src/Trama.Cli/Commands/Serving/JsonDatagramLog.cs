using System.Net;
using System.Text.Json;
using Trama.Cli.Logs;
using Trama.Peers.Datagrams;
using Trama.Peers.Replies;

namespace Trama.Cli.Commands.Serving;

/// <summary>The events of a server of datagrams as one JSON object a line, like those of <see cref="JsonServerLog"/>.</summary>
/// <param name="events">Where they go.</param>
/// <param name="whole">Whether messages and replies are written whole; otherwise the beginning of messages, and of replies the
/// length.</param>
internal sealed class JsonDatagramLog(JsonEvents events, bool whole = false) : IDatagramLog
{
    private const int MostShown = 256;

    private long _messages;

    /// <inheritdoc/>
    public void Listening(IPEndPoint endpoint)
    {
        Utf8JsonWriter json = events.Begin("listening"u8);
        json.WriteString("transport"u8, "udp"u8);
        json.WriteString("address"u8, endpoint.Address.ToString());
        json.WriteNumber("port"u8, endpoint.Port);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Received(IPEndPoint client, ReadOnlySpan<byte> message)
    {
        Interlocked.Increment(ref _messages);
        Utf8JsonWriter json = Begin("message"u8, client);
        json.WriteNumber("bytes"u8, message.Length);
        JsonEvents.WriteContent(json, whole ? message : message[..MessageExcerpt.Length(message, MostShown)]);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Replied(IPEndPoint client, ReadOnlySpan<byte> reply)
    {
        Utf8JsonWriter json = Begin("reply"u8, client);
        json.WriteNumber("bytes"u8, reply.Length);
        if (whole) JsonEvents.WriteContent(json, reply);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Unanswered(IPEndPoint client, ResponderException error)
    {
        Utf8JsonWriter json = Begin("unanswered"u8, client);
        ResponderWords.Write(json, error);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Troubled(IPEndPoint client, ResponderException trouble)
    {
        Utf8JsonWriter json = Begin("trouble"u8, client);
        ResponderWords.Write(json, trouble);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Repeated(IPEndPoint client) => events.End(Begin("repeated"u8, client));

    /// <inheritdoc/>
    public void ReplyFailed(IPEndPoint client, string error)
    {
        Utf8JsonWriter json = Begin("unanswered"u8, client);
        json.WriteString("error"u8, error);
        events.End(json);
    }

    /// <inheritdoc/>
    public void Refused(IPEndPoint client) => events.End(Begin("refused"u8, client));

    /// <inheritdoc/>
    public void Stopped()
    {
        Utf8JsonWriter json = events.Begin("stopped"u8);
        json.WriteNumber("messages"u8, Interlocked.Read(ref _messages));
        events.End(json);
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type, IPEndPoint client)
    {
        Utf8JsonWriter json = events.Begin(type);
        json.WriteString("client"u8, client.ToString());
        return json;
    }
}
