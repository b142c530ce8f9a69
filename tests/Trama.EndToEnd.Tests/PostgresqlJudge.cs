using System.Text.Json;
using System.Xml.Linq;

namespace Trama.EndToEnd.Tests;

/// <summary>
/// What was executed in the connections of PostgreSQL in a capture and which errors came of it, a line each: connection, statement or
/// SQLSTATE; by <c>trama</c> and by tshark. Of statements, the first letters without white space count.
/// </summary>
internal static class PostgresqlJudge
{
    private const int Compared = 60;

    // What asks for something else than the execution of a statement.
    private static readonly string[] Others =
    [
        "startup", "SSLRequest", "GSSENCRequest", "CancelRequest", "password", "Terminate", "Sync", "Flush", "COPY data", "NOTIFY",
        "Parse", "Bind", "Describe", "Close", "FunctionCall",
    ];

    /// <summary>What <c>trama trace</c> tells.</summary>
    public static async Task<string[]> TramaAsync(string capture, string? keyLog = null)
    {
        string[] keys = keyLog is null ? [] : ["--keys", keyLog];
        using JsonDocument traced = JsonDocument.Parse((await TramaProcess.RunAsync(["trace", capture, "--json", .. keys])).Output);
        var lines = new List<string>();
        foreach (JsonElement connection in traced.RootElement.GetProperty("connections").EnumerateArray())
        {
            string client = connection.GetProperty("client").GetString()!.Split(':')[^1];
            foreach (JsonElement exchange in connection.GetProperty("exchanges").EnumerateArray())
            {
                if (ToldExchanges.Text(exchange, "protocol") != "postgresql") continue;
                string operation = ToldExchanges.Text(exchange, "operation"), status = ToldExchanges.Text(exchange, "status");
                if (operation.Length > 0 && !Others.Any(other => $"{operation} ".StartsWith($"{other} ", StringComparison.Ordinal)))
                    lines.Add($"{client} {Short(operation)}");
                if (ToldExchanges.Text(exchange, "failed") == "True" && IsState(status)) lines.Add($"{client} ! {status[..5]}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>What tshark tells.</summary>
    public static async Task<string[]> TsharkAsync(string capture, int? port = null, string? keyLog = null)
    {
        string[] keys = keyLog is null ? [] : ["-o", $"tls.keylog_file:{keyLog}"];
        string[] decode = port is null ? [] : ["-d", $"tcp.port=={port},pgsql"];
        TramaProcess.Ended judge = await TramaProcess.RunAsync(
            TestData.Program("tshark"), [.. keys, .. decode, "-r", capture, "-Y", "pgsql", "-T", "pdml"]);
        var lines = new List<string>();
        var statements = new Dictionary<(string Client, string Name), string>();
        var portals = new Dictionary<(string Client, string Name), string>();
        foreach (XElement packet in XDocument.Parse(judge.Output).Root!.Elements("packet"))
        {
            foreach (XElement message in packet.Elements("proto").Where(proto => Field(proto, "pgsql.type") is not null))
            {
                string side = Field(message, "pgsql.frontend") is "1" or "True" ? "tcp.srcport" : "tcp.dstport";
                string client = Field(packet, side)!;
                string name = Field(message, "pgsql.statement") ?? "", portal = Field(message, "pgsql.portal") ?? "";
                string type = Field(message, "pgsql.type")!;
                if (type == "Simple query") lines.Add($"{client} {Short(Field(message, "pgsql.query")!)}");
                else if (type == "Error") lines.Add($"{client} ! {Field(message, "pgsql.code")}");
                else if (type == "Parse") statements[(client, name)] = Field(message, "pgsql.query")!;
                else if (type == "Bind") portals[(client, portal)] = statements.GetValueOrDefault((client, name), "");
                else if (type == "Execute" && portals.GetValueOrDefault((client, portal)) is { Length: > 0 } statement)
                    lines.Add($"{client} {Short(statement)}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static bool IsState(string status) =>
        status.Length > 5 && status[5] == ' ' && status[..5].All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterUpper(letter));

    private static string Short(string statement)
    {
        string letters = string.Concat(statement.TrimEnd('…').Where(letter => letter > ' '));
        int secret = letters.IndexOf("password'", StringComparison.Ordinal);
        return letters[..Math.Min(Compared, secret < 0 ? letters.Length : secret)];
    }

    private static string? Field(XElement element, string name) =>
        (string?)element.Descendants("field").FirstOrDefault(field => (string?)field.Attribute("name") == name)?.Attribute("show");
}
