using System.Net;
using System.Text.Json;
using Trama.Framing;
using Trama.Peers.Loading;
using Trama.Replay.Loading;
using Trama.Replay.Sending;

namespace Trama.Cli.Commands.Loading;

/// <summary>What came of a load of recorded clients, as one JSON object on one line. Times are nanoseconds; what is unknown is
/// absent.</summary>
internal static class ReplayLoadJson
{
    private static readonly (string Name, double Share)[] Shares = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1)];

    /// <summary>Writes it.</summary>
    public static void Write(Stream output, IPEndPoint server, double rate, ReplayTally tally)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "replayLoad"u8);
            json.WriteString("server"u8, server.ToString());
            json.WriteNumber("rate"u8, rate);
            json.WriteNumber("connections"u8, tally.Connections);
            json.WriteNumber("mostAtATime"u8, tally.MostAtATime);
            json.WriteNumber("notConnected"u8, tally[PlayedEnd.NotConnected]);
            json.WriteNumber("closed"u8, tally[PlayedEnd.Closed]);
            json.WriteNumber("replyTimedOut"u8, tally[PlayedEnd.ReplyTimedOut]);
            json.WriteNumber("leftOut"u8, tally.LeftOut);
            json.WriteNumber("requests"u8, tally.Requests);
            json.WriteNumber("answered"u8, tally.Answered);
            json.WriteNumber("otherOutcomes"u8, tally.OtherOutcomes);
            Times(json, "lateNs", tally.Late.Count, share => tally.Late.Percentile(share));
            json.WriteStartArray("operations"u8);
            foreach (OperationTally operation in tally.Operations) Operation(json, operation);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Operation(Utf8JsonWriter json, OperationTally operation)
    {
        json.WriteStartObject();
        if (!operation.Name.IsEmpty) json.WriteString("operation"u8, VisibleText.Of(operation.Name.Span));
        json.WriteNumber("requests"u8, operation.Requests);
        json.WriteNumber("answered"u8, operation.Answered);
        json.WriteNumber("otherOutcomes"u8, operation.OtherOutcomes);
        Times(json, "recordedNs", operation.RecordedCount, operation.Recorded);
        LatencyHistogram now = operation.Now;
        Times(json, "nowNs", now.Count, share => now.Percentile(share));
        json.WriteEndObject();
    }

    private static void Times(Utf8JsonWriter json, string name, long count, Func<double, long?> percentile)
    {
        if (count == 0) return;
        json.WriteStartObject(name);
        json.WriteNumber("count"u8, count);
        foreach ((string share, double value) in Shares) json.WriteNumber(share, percentile(value)!.Value);
        json.WriteEndObject();
    }
}
