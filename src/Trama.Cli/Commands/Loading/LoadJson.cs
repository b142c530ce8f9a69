using System.Text.Json;
using Trama.Peers.Loading;
using Trama.Reports.Courses;

namespace Trama.Cli.Commands.Loading;

/// <summary>What came of a load, as one JSON object on one line. Times are nanoseconds; what is unknown is absent.</summary>
internal static class LoadJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Stream output, LoadOptions options, LoadTally tally, IReadOnlyList<CourseMoment> course)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "load"u8);
            json.WriteString("server"u8, options.Server.ToString());
            json.WriteString("framing"u8, options.Framing.Name);
            json.WriteNumber("connections"u8, options.Connections);
            json.WriteNumber("pipeline"u8, options.Pipeline);
            if (options.Rate is { } rate) json.WriteNumber("ratePerSecond"u8, rate);
            json.WriteNumber("measuredNs"u8, tally.Measured.Ticks * TimeSpan.NanosecondsPerTick);
            json.WriteNumber("connectionsMade"u8, tally.Connections);
            if (tally.ClosedByServer > 0) json.WriteNumber("closedByServer"u8, tally.ClosedByServer);
            if (tally.Broken > 0) json.WriteNumber("connectionsFailed"u8, tally.Broken);
            json.WriteNumber("due"u8, tally.Due);
            json.WriteNumber("answered"u8, tally.Answered);
            json.WriteNumber("failed"u8, tally.Failed);
            json.WriteStartObject("failures"u8);
            foreach (LoadFailure failure in Enum.GetValues<LoadFailure>().Where(failure => tally[failure] > 0)) json.WriteNumber(
                LoadFailureWords.Name(failure), tally[failure]);
            json.WriteEndObject();
            Times(json, "latencyNs", tally.Latency);
            Times(json, "lagNs", tally.Lag);
            Times(json, "connectingNs", tally.Connecting);
            Times(json, "handshakeNs", tally.Handshakes);
            json.WriteNumber("sentBytes"u8, tally.SentBytes);
            json.WriteNumber("receivedBytes"u8, tally.ReceivedBytes);
            json.WriteStartArray("course"u8);
            foreach (CourseMoment moment in course) Moment(json, moment);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void Moment(Utf8JsonWriter json, CourseMoment moment)
    {
        json.WriteStartObject();
        json.WriteNumber("atNs"u8, moment.AtNs);
        json.WriteNumber("lengthNs"u8, moment.LengthNs);
        json.WriteNumber("answered"u8, moment.Answered);
        if (moment.Failed > 0) json.WriteNumber("failed"u8, moment.Failed);
        if (moment.P50Ns is { } p50) json.WriteNumber("p50"u8, p50);
        if (moment.P99Ns is { } p99) json.WriteNumber("p99"u8, p99);
        json.WriteEndObject();
    }

    private static void Times(Utf8JsonWriter json, string name, LatencyHistogram times)
    {
        if (times.Count == 0) return;
        json.WriteStartObject(name);
        json.WriteNumber("count"u8, times.Count);
        json.WriteNumber("min"u8, times.Min);
        json.WriteNumber("mean"u8, (long)times.Mean);
        foreach ((string share, double value) in new[] { ("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999) })
            json.WriteNumber(share, times.Percentile(value)!.Value);
        json.WriteNumber("max"u8, times.Max);
        json.WriteEndObject();
    }
}
