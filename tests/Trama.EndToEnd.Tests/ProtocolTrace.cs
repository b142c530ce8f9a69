using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>The exchanges that <c>trama trace</c> tells of a capture.</summary>
internal static class ProtocolTrace
{
    /// <summary>Those of one protocol, a line each, sorted: connection (from 0), who began, operation, status.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="protocol">The protocol's name.</param>
    /// <param name="options">More options of the command.</param>
    public static async Task<string[]> OfAsync(string capture, string protocol, params string[] options)
    {
        var lines = new List<string>();
        await foreach ((int connection, JsonElement exchange) in ExchangesAsync(capture, protocol, options))
            lines.Add($"{connection} {Text(exchange, "initiator")} {Text(exchange, "operation")} -> {Text(exchange, "status")}");
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>Of each exchange of a protocol, from the request's end to the reply's beginning: what the server and the network
    /// took.</summary>
    public static async Task<List<long>> WaitsNsAsync(string capture, string protocol)
    {
        var waits = new List<long>();
        await foreach ((_, JsonElement exchange) in ExchangesAsync(capture, protocol, []))
        {
            long networkNs = exchange.TryGetProperty("networkNs", out JsonElement network) ? network.GetInt64() : 0;
            waits.Add(exchange.GetProperty("serverNs").GetInt64() + networkNs);
        }

        return waits;
    }

    /// <summary>The fields of the packets of a protocol as tshark tells them, separated by tabs; several of one packet by
    /// commas.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="filter">Which packets.</param>
    /// <param name="port">The server's port; what tshark takes it for stands before it (<c>mqtt</c>).</param>
    /// <param name="fields">The fields.</param>
    public static async Task<string[]> TsharkAsync(
        string capture, string filter, (string Protocol, int Port)? port, params string[] fields)
    {
        string[] decode = port is { } known ? ["-d", $"tcp.port=={known.Port},{known.Protocol}"] : [];
        string[] asked = [.. fields.SelectMany(field => (string[])["-e", field])];
        TramaProcess.Ended told = await TramaProcess.RunAsync(
            TestData.Program("tshark"), [.. decode, "-r", capture, "-Y", filter, "-T", "fields", .. asked]);
        Assert.Equal(0, told.Code);
        return told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async IAsyncEnumerable<(int Connection, JsonElement Exchange)> ExchangesAsync(
        string capture, string protocol, string[] options)
    {
        TramaProcess.Ended traced = await TramaProcess.RunAsync(["trace", capture, "--json", .. options]);
        Assert.Equal(0, traced.Code);
        using JsonDocument document = JsonDocument.Parse(traced.Output);
        int connection = 0;
        foreach (JsonElement one in document.RootElement.GetProperty("connections").EnumerateArray())
        {
            foreach (JsonElement exchange in one.GetProperty("exchanges").EnumerateArray())
                if (Text(exchange, "protocol") == protocol) yield return (connection, exchange);
            connection++;
        }
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) ? text.GetString()! : "";
}
