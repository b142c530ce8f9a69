using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Trama.Rows.Tests.Spans;

/// <summary>Requests to a collector as the official definitions read them (opentelemetry/proto/collector/trace/v1).</summary>
internal static class OfficialOtlp
{
    // The package has them compiled, for its own use, and without what would tell of them: their fields are looked at.
    private static readonly MessageParser s_parser = (MessageParser)Assembly.Load("Serilog.Sinks.OpenTelemetry")
        .GetType("OpenTelemetry.Proto.Collector.Trace.V1.ExportTraceServiceRequest", throwOnError: true)!
        .GetProperty("Parser", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    /// <summary>Reads a request; no field of it may be unknown to the definitions.</summary>
    public static JsonElement Read(byte[] request) =>
        JsonDocument.Parse(Node(s_parser.ParseFrom(request))!.ToJsonString()).RootElement;

    /// <summary>The spans, each with the service that it is of.</summary>
    public static List<(string Service, JsonElement Span)> Spans(JsonElement request) =>
    [
        .. request.GetProperty("resourceSpans").EnumerateArray().SelectMany(group =>
            group.GetProperty("scopeSpans").EnumerateArray().SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
                .Select(span => (Attribute(group.GetProperty("resource"), "service.name")!, span))),
    ];

    /// <summary>An attribute's value as text; null when it is not there.</summary>
    public static string? Attribute(JsonElement of, string key)
    {
        JsonElement pair = of.GetProperty("attributes").EnumerateArray()
            .SingleOrDefault(pair => pair.GetProperty("key").GetString() == key);
        return pair.ValueKind == JsonValueKind.Undefined ? null : pair.GetProperty("value").GetProperty("value").ToString();
    }

    // What has no value is absent, as in the JSON of Protocol Buffers.
    private static JsonNode? Node(object? value) => value switch
    {
        null or "" or ByteString { IsEmpty: true } => null,
        string text => text,
        bool flag => flag,
        ByteString bytes => bytes.ToBase64(),
        IMessage message => Fields(message),
        Enum name => name.ToString(),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Node)]),
        _ => value.ToString(),
    };

    private static JsonObject Fields(IMessage message)
    {
        var fields = new JsonObject();
        foreach (FieldInfo field in message.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            object? value = field.GetValue(message);
            if (field.Name == "_unknownFields") Assert.Null(value);
            else if (field.Name.EndsWith('_') && Node(value) is { } node) fields[field.Name.TrimEnd('_')] = node;
        }

        return fields;
    }
}
