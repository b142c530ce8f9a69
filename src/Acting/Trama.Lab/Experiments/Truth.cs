using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trama.Lab.Paths;
using Trama.Lab.Programs;
using Trama.Packets.Transport;

namespace Trama.Lab.Experiments;

/// <summary>Writes truth.json: what really happened. Times are seconds since the epoch.</summary>
internal static class Truth
{
    private const int MostEvents = 250;
    private const decimal NanosecondsPerSecond = 1_000_000_000;

    private static readonly JsonWriterOptions Format = new()
    { Indented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file.</summary>
    public static void Write(
        string path, Plan plan, string variant, Evidence evidence, IReadOnlyList<ConnectionLog> company, IReadOnlyList<Check> checks)
    {
        Surroundings around = plan.Around;
        var root = new JsonObject
        {
            ["label"] = plan.Label,
            ["kind"] = plan.Kind,
            ["variant"] = variant,
            ["party"] = plan.Party,
            ["description"] = plan.Description,
            ["expected"] = new JsonObject { ["client"] = Of(plan.FromClient), ["server"] = Of(plan.FromServer) },
            ["parameters"] = Parameters(plan),
            ["hosts"] = new JsonObject
            {
                ["client"] = $"{around.ClientAddress}",
                ["server"] = $"{around.ServerAddress}",
                ["server_port"] = around.Port,
            },
            ["capture"] = new JsonObject
            {
                ["link_type"] = around.Capture.Ethernet ? "ethernet" : "raw-ip",
                ["ip_version"] = around.IsIpv6 ? 6 : 4,
                ["snaplen"] = around.Capture.SnapLength == CaptureSettings.Whole ? "full" : around.Capture.SnapLength,
                ["timestamps"] = around.Capture.Nanoseconds ? "nanosecond" : "microsecond",
                ["begins_after_packets"] = around.Capture.BeginsAfterPackets,
                ["twice"] = around.Capture.Twice,
                ["sent_only"] = around.Capture.SentOnly,
                ["ends_early"] = plan.Vanishes is { } gone ? (gone == Direction.ToServer ? "client" : "server") : null,
            },
            ["connections"] = new JsonArray(
            [
                .. evidence.Connections.Select((log, index) => ConnectionTruth.Of(log, index, plan.Label, null)),
                .. company.Select((log, index) => ConnectionTruth.Of(log, evidence.Connections.Count + index, "clean", "background")),
            ]),
            ["link_log"] = new JsonObject
            {
                ["events"] = new JsonArray([.. evidence.Wire.Events.Take(MostEvents).Select(Of)]),
                ["events_total"] = evidence.Wire.Events.Count,
            },
            ["evidence"] = new JsonObject
            {
                ["checks"] = new JsonArray(
                    [.. checks.Select(check => new JsonObject { ["check"] = check.Text, ["value"] = check.Value, ["ok"] = check.Holds })]),
            },
        };
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, Format);
        root.WriteTo(writer);
    }

    /// <summary>A time as a JSON number: seconds with nine decimals.</summary>
    public static JsonValue? Time(long? nanoseconds) => nanoseconds is { } value ? JsonValue.Create(value / NanosecondsPerSecond) : null;

    private static JsonObject Parameters(Plan plan)
    {
        var parameters = new JsonObject
        {
            ["rtt_ms"] = plan.Around.RttMs,
            ["jitter_ms_each_way"] = plan.Around.JitterMs,
            ["hops"] = plan.Around.Hops,
            ["server_port"] = plan.Around.Port,
            ["congestion_control"] = plan.Around.ClientHost.CongestionControl,
            ["tcp_timestamps"] = plan.Around.ClientHost.Timestamps && plan.Around.ServerHost.Timestamps,
            ["sack"] = plan.Around.ServerHost.SelectiveAcknowledgements,
            ["window_scaling"] = plan.Around.ClientHost.WindowScaling,
            ["ecn"] = plan.Around.ClientHost.CongestionNotification,
            ["background_connection"] = plan.Around.Company,
        };
        foreach ((string name, JsonNode? value) in plan.Parameters) parameters[name] = value?.DeepClone();
        return parameters;
    }

    private static JsonObject Of(View view) => new()
    {
        ["visibility"] = view.Visibility,
        ["labels"] = Array(view.Labels),
        ["parties"] = Array(view.Parties),
        ["related"] = Array(view.Related),
    };

    private static JsonArray Array(string[] texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonNode Of(LinkEvent entry)
    {
        var node = new JsonObject { ["t"] = Time(entry.At), ["action"] = entry.Action, ["dir"] = entry.Direction?.Short() ?? "both" };
        if (entry.ClientPort is not { } port) return node;
        node["port"] = port;
        node["flags"] = Letters(entry.Flags);
        node["len"] = entry.Length;
        node["ip_len"] = entry.PacketLength;
        node["offset"] = entry.Offset;
        if (entry.Reason is { } reason) node["reason"] = reason;
        return node;
    }

    private static string Letters(TcpFlags flags) => string.Concat(
        "FSRPA".Where((_, bit) => ((int)flags & (1 << bit)) != 0));
}
