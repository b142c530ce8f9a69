using System.Globalization;
using System.Text.Json;

namespace Trama.Tracing.Tests.Accuracy;

/// <summary>
/// Server times against what the programs logged themselves: from the end of reading the request to the beginning of writing
/// the reply. See ../shared/faults/README.md. The bounds are those that docs/timing.md states.
/// </summary>
public class ServerTimeTests
{
    // There a request waits in the kernel for a program that does not accept: time of the server, which no program logged.
    private const string NotAccepted = "backlog-overflow";

    [Theory]
    [InlineData("client", 400, 1000, 25_000)]
    [InlineData("server", 250, 900, 3_000)]
    public void Server_times_are_those_that_the_programs_logged(string vantagePoint, double p50, double p90, double max)
    {
        string folder = TestData.Shared("faults");
        var errors = new List<double>();
        foreach (string truth in Directory.EnumerateFiles(folder, "truth.json", SearchOption.AllDirectories))
        {
            if (truth.Contains(NotAccepted, StringComparison.Ordinal)) continue;
            RecordedTrace trace = RecordedTrace.Of(Path.Combine(Path.GetDirectoryName(truth)!, vantagePoint + ".pcap"));
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(truth));
            foreach ((string client, long offset, long length, double serverNs) in Answered(document))
            {
                Exchange? traced = trace.Connections
                    .Where(c => c.Client.ToString() == client)
                    .SelectMany(c => c.Exchanges)
                    .FirstOrDefault(e => e is { Request: { } request, Reply: not null } && request.Offset == offset
                        && request.Bytes == length);
                Assert.True(traced is not null, $"{truth}: no exchange of {client} with a request of {length} bytes at {offset}");
                errors.Add(Math.Abs(traced.ServerNs!.Value - serverNs) / 1000);
            }
        }

        errors.Sort();
        double At(double share) => errors[(int)(errors.Count * share)];
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{vantagePoint}: {errors.Count} exchanges, error in µs: p50 {At(0.5):F0}, p90 {At(0.9):F0}, p99 {At(0.99):F0}, "
                + $"max {errors[^1]:F0}"));
        Assert.InRange(At(0.5), 0, p50);
        Assert.InRange(At(0.9), 0, p90);
        Assert.InRange(errors[^1], 0, max);
    }

    private static IEnumerable<(string Client, long Offset, long Length, double ServerNs)> Answered(JsonDocument truth)
    {
        foreach (JsonElement connection in truth.RootElement.GetProperty("connections").EnumerateArray())
        {
            if (!connection.TryGetProperty("exchanges", out JsonElement exchanges)) continue;
            JsonElement client = connection.GetProperty("client");
            string ip = client.GetProperty("ip").GetString()!;
            string endpoint = ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]:{client.GetProperty("port")}"
                : $"{ip}:{client.GetProperty("port")}";
            foreach (JsonElement exchange in exchanges.EnumerateArray())
            {
                if (exchange.GetProperty("outcome").GetString() != "answered") continue;
                if (Time(exchange, "request", "t_read") is not { } read || Time(exchange, "reply", "t_write") is not { } written) continue;
                JsonElement request = exchange.GetProperty("request");
                yield return (endpoint, request.GetProperty("stream_offset").GetInt64(), request.GetProperty("bytes").GetInt64(),
                    (double)((written - read) * 1_000_000_000));
            }
        }
    }

    private static decimal? Time(JsonElement exchange, string message, string field) =>
        exchange.TryGetProperty(message, out JsonElement found) && found.ValueKind == JsonValueKind.Object
        && found.TryGetProperty(field, out JsonElement time) && time.ValueKind == JsonValueKind.Number ? time.GetDecimal() : null;
}
