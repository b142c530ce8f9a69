using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>The exchanges that <c>trama trace</c> tells of a capture, a line each: what was asked, how it ended, and what is
/// unusual.</summary>
internal static class ToldExchanges
{
    /// <summary>The lines: <c>GET /x > 404 failed</c>.</summary>
    public static async Task<string[]> OfAsync(string capture, params string[] options)
    {
        string output = (await TramaProcess.RunAsync(["trace", capture, "--ndjson", .. options])).Output;
        return
        [
            .. output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.GetProperty("type").GetString() == "exchange").Select(Line),
        ];
    }

    /// <summary>A member of an object as text; empty when it is absent.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) ? text.ToString() : "";

    private static string Line(JsonElement exchange)
    {
        string failed = Text(exchange, "failed") == "True" ? " failed" : "";
        string due = Text(exchange, "replyDue") == "False" && !exchange.TryGetProperty("reply", out _) ? " not due" : "";
        return $"{Text(exchange, "operation")} > {Text(exchange, "status")}{failed}{due}";
    }
}
