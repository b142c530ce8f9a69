using System.Globalization;
using System.Text.Json;

namespace Trama.Rows.Tests;

/// <summary>Rows say what the lines of JSON say, of every capture at hand.</summary>
public class JsonEqualityTests
{
    // What the JSON has no member for: columns that tests of their own look at.
    private static readonly HashSet<string> s_ofRowsAlone = ["lastAt"];

    [Fact]
    public async Task Parquet_says_what_the_lines_of_json_say()
    {
        int captures = 0, exchanges = 0, findings = 0;
        foreach (string path in CapturesAtHand.All)
        {
            if (TracedRows.Of(path, RowFormat.Parquet) is not { } traced) continue;
            captures++;
            JsonElement[] connections = Of(traced, "connection");
            var byId = connections.ToDictionary(line => line.GetProperty("id").GetInt64());
            exchanges += await CompareAsync(path, traced, "exchanges", [.. Of(traced, "exchange").Select(line => Exchange(line, byId))]);
            await CompareAsync(path, traced, "connections", [.. connections.Select(line => Connection(line, traced))]);
            findings += await CompareAsync(path, traced, "findings", [.. Findings(traced, connections, byId)]);
            List<Dictionary<string, object?>> packets = await ParquetRows.ReadAsync(traced["packets"]);
            foreach (string side in (string[])["client", "server"])
            {
                string stream = side == "client" ? "toServer" : "toClient";
                Assert.True(connections.Sum(line => line.GetProperty(stream).GetProperty("packets").GetInt64())
                    == packets.Count(packet => (string?)packet["from"] == side), $"{path}: packets of the {side}");
            }
        }

        // The project's own data alone have so many.
        Assert.True(captures >= 100 && exchanges >= 1000 && findings >= 100, $"{captures} captures: {exchanges}, {findings}");
    }

    private static async Task<int> CompareAsync(string path, TracedRows traced, string table, Dictionary<string, object?>[] expected)
    {
        List<Dictionary<string, object?>> rows = await ParquetRows.ReadAsync(traced[table]);
        Assert.True(expected.Length == rows.Count, $"{path}: {table} has {rows.Count} rows, JSON {expected.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            foreach ((string column, object? value) in rows[i].Where(cell => !s_ofRowsAlone.Contains(cell.Key)))
                Assert.True(Equals(expected[i].GetValueOrDefault(column), value),
                    $"{path}: {table}[{i}].{column} is {value}, in JSON {expected[i].GetValueOrDefault(column)}");
        }

        return expected.Length;
    }

    private static JsonElement[] Of(TracedRows traced, string type) =>
        [.. traced.Lines.Where(line => line.GetProperty("type").GetString() == type)];

    private static Dictionary<string, object?> Exchange(JsonElement line, Dictionary<long, JsonElement> connections)
    {
        Dictionary<string, object?> row = Flat(line);
        Ends(row, connections[line.GetProperty("connection").GetInt64()]);
        foreach (string side in (string[])["request", "reply"])
        {
            if (!line.TryGetProperty(side, out JsonElement message)) continue;
            JsonElement packets = message.GetProperty("packets");
            row[side + "Packet"] = packets.GetArrayLength() == 0 ? null : packets[0].GetInt64();
            row[side + "Packets"] = message.TryGetProperty("packetCount", out JsonElement count)
                ? count.GetInt64() : (long)packets.GetArrayLength();
        }

        row["interim"] = line.TryGetProperty("interim", out JsonElement interim) ? (long)interim.GetArrayLength() : 0L;
        return row;
    }

    private static Dictionary<string, object?> Connection(JsonElement line, TracedRows traced)
    {
        Dictionary<string, object?> row = Flat(line);
        foreach (string stream in (string[])["toServer", "toClient"]) row.TryAdd(stream + "Copies", 0L);
        row["exchanges"] = (long)Of(traced, "exchange").Count(exchange =>
            exchange.GetProperty("connection").GetInt64() == (long)row["id"]!);
        row["layers"] = line.TryGetProperty("layers", out JsonElement layers)
            ? string.Join(' ', layers.EnumerateArray().Select(layer => layer.GetString())) : null;
        return row;
    }

    // The line of a connection has what its end showed; a later line, what the whole capture did.
    private static IEnumerable<Dictionary<string, object?>> Findings(
        TracedRows traced, JsonElement[] connections, Dictionary<long, JsonElement> byId)
    {
        var found = new SortedDictionary<long, JsonElement>();
        foreach (JsonElement line in connections) found[line.GetProperty("id").GetInt64()] = line.GetProperty("findings");
        foreach (JsonElement line in Of(traced, "findings"))
            found[line.GetProperty("connection").GetInt64()] = line.GetProperty("findings");
        foreach ((long connection, JsonElement findings) in found)
        {
            foreach ((int i, JsonElement finding) in findings.EnumerateArray().Index())
            {
                Dictionary<string, object?> row = Flat(finding);
                (row["connection"], row["index"]) = (connection, (long)i + 1);
                Ends(row, byId[connection]);
                JsonElement packets = finding.GetProperty("packets");
                row["packets"] = packets.GetArrayLength() == 0 ? null
                    : string.Join(' ', packets.EnumerateArray().Select(packet => packet.GetInt64().ToString(CultureInfo.InvariantCulture)));
                row["facts"] = finding.TryGetProperty("facts", out JsonElement facts) ? facts.GetRawText() : null;
                yield return row;
            }
        }
    }

    private static void Ends(Dictionary<string, object?> row, JsonElement connection)
    {
        row["client"] = connection.GetProperty("client").GetString();
        row["server"] = connection.GetProperty("server").GetString();
    }

    // {"request":{"bytes":1}} becomes requestBytes.
    private static Dictionary<string, object?> Flat(JsonElement line)
    {
        var row = new Dictionary<string, object?>();
        Add(row, "", line);
        return row;
    }

    private static void Add(Dictionary<string, object?> row, string prefix, JsonElement value)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string name = prefix.Length == 0 ? member.Name : $"{prefix}{char.ToUpperInvariant(member.Name[0])}{member.Name[1..]}";
            if (member.Value.ValueKind == JsonValueKind.Object) Add(row, name, member.Value);
            else row[name] = member.Value.ValueKind switch
            {
                JsonValueKind.Number => member.Value.TryGetInt64(out long number) ? number : null,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String => member.Value.GetString(),
                _ => null,
            };
        }
    }
}
