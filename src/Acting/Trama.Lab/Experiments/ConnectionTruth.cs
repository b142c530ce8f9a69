using System.Net;
using System.Text.Json.Nodes;
using Trama.Lab.Programs;

namespace Trama.Lab.Experiments;

/// <summary>The part of truth.json about one connection.</summary>
internal static class ConnectionTruth
{
    /// <summary>Writes it.</summary>
    public static JsonObject Of(ConnectionLog log, int id, string label, string? note)
    {
        IReadOnlyList<Message> requests = log.ToServer.Messages;
        IReadOnlyList<Message> replies = log.ToClient.Messages;
        return new JsonObject
        {
            ["id"] = id,
            ["protocol"] = "tcp",
            ["client"] = Of(log.Client),
            ["server"] = Of(log.Server),
            ["label"] = label,
            ["note"] = note,
            ["client_outcome"] = log.ClientOutcome,
            ["server_outcome"] = log.ServerOutcome,
            ["t_connect_start"] = Truth.Time(log.ConnectStart),
            ["t_connected"] = Truth.Time(log.Connected),
            ["t_accepted"] = Truth.Time(log.Accepted),
            ["exchanges"] = new JsonArray(
                [.. requests.Select((request, index) => Exchange(log, index + 1, request,
                replies.FirstOrDefault(reply => reply.Answers == index + 1)))]),
            ["pushes"] = new JsonArray(
                [.. replies.Where(reply => reply.Answers is null).Select(reply => Of(reply, log.ToClient, "server"))]),
            ["events"] = new JsonArray(
                [.. log.Events.Select(entry => new JsonObject
                { ["t"] = Truth.Time(entry.At), ["at"] = entry.Side, ["event"] = entry.Event })]),
        };
    }

    private static JsonObject Exchange(ConnectionLog log, int number, Message request, Message? reply) => new()
    {
        ["n"] = number,
        ["outcome"] = Outcome(log, request, reply),
        ["request"] = Of(request, log.ToServer, "client"),
        ["reply"] = reply is null ? null : Of(reply, log.ToClient, "server"),
    };

    private static string Outcome(ConnectionLog log, Message request, Message? reply)
    {
        if (reply is null) return log.ToServer.ReadOf(request).Bytes < request.Length ? "request-not-read" : "unanswered";
        int read = log.ToClient.ReadOf(reply).Bytes;
        return read == reply.Length ? "answered" : read > 0 ? "reply-partly-read" : "reply-lost";
    }

    private static JsonObject Of(Message message, StreamLog stream, string from)
    {
        (int bytes, long? first, long? last) = stream.ReadOf(message);
        return new JsonObject
        {
            ["from"] = from,
            ["bytes"] = message.Length,
            ["stream_offset"] = message.Offset,
            ["t_write"] = Truth.Time(message.Writes.Count > 0 ? message.Writes[0] : null),
            ["t_write_end"] = Truth.Time(message.WriteEnd),
            ["t_read_first"] = Truth.Time(first),
            ["t_read"] = Truth.Time(last),
            ["bytes_read"] = bytes,
            ["bytes_written"] = message.Written,
        };
    }

    private static JsonObject Of(IPEndPoint endpoint) => new() { ["ip"] = $"{endpoint.Address}", ["port"] = endpoint.Port };
}
