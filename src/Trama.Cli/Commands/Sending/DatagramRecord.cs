using System.Net;
using System.Text.Json;
using Trama.Cli.Logs;
using Trama.Peers.Sending;

namespace Trama.Cli.Commands.Sending;

/// <summary>What a client says and hears by UDP, for <c>--record</c>.</summary>
internal sealed class DatagramRecord(JsonEvents events)
{
    /// <summary>A message goes out.</summary>
    public void Sending(IPEndPoint server, ReadOnlySpan<byte> message) => Write("message"u8, server, message);

    /// <summary>A reply has come.</summary>
    public void Received(IPEndPoint server, ReadOnlySpan<byte> reply) => Write("reply"u8, server, reply);

    /// <summary>There is no reply.</summary>
    public void Unanswered(IPEndPoint server, ClientFailure failure)
    {
        Utf8JsonWriter json = Begin("unanswered"u8, server);
        json.WriteString("error"u8, ClientRecord.Name(failure));
        events.End(json);
    }

    private void Write(ReadOnlySpan<byte> type, IPEndPoint server, ReadOnlySpan<byte> bytes)
    {
        Utf8JsonWriter json = Begin(type, server);
        json.WriteNumber("bytes"u8, bytes.Length);
        JsonEvents.WriteContent(json, bytes);
        events.End(json);
    }

    private Utf8JsonWriter Begin(ReadOnlySpan<byte> type, IPEndPoint server)
    {
        Utf8JsonWriter json = events.Begin(type);
        json.WriteString("server"u8, server.ToString());
        return json;
    }
}
