using System.Globalization;
using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>What tshark tells of the units of a protocol, each apart although a packet holds several.</summary>
internal static class ProtocolJudge
{
    /// <summary>The units, in their order.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="layer">The protocol, as tshark calls it.</param>
    /// <param name="ports">Ports that tshark is to take for it.</param>
    public static async Task<List<Unit>> OfAsync(string capture, string layer, params int[] ports)
    {
        string[] decode = [.. ports.SelectMany(port => (string[])["-d", $"tcp.port=={port},{layer}"])];
        TramaProcess.Ended told = await TramaProcess.RunAsync(
            TestData.Program("tshark"), [.. decode, "-r", capture, "-Y", layer, "-T", "json", "-J", $"{layer} tcp", "--no-duplicate-keys"]);
        Assert.Equal(0, told.Code);
        using JsonDocument packets = JsonDocument.Parse(told.Output);
        var units = new List<Unit>();
        foreach (JsonElement packet in packets.RootElement.EnumerateArray())
        {
            JsonElement layers = packet.GetProperty("_source").GetProperty("layers"), tcp = layers.GetProperty("tcp"),
                all = layers.GetProperty(layer);
            int stream = int.Parse(tcp.GetProperty("tcp.stream").GetString()!, CultureInfo.InvariantCulture);
            foreach (JsonElement unit in all.ValueKind == JsonValueKind.Array ? [.. all.EnumerateArray()] : (JsonElement[])[all])
            {
                var fields = new List<(string Name, string Value)>();
                Collect(unit, fields);
                units.Add(new Unit(stream, fields));
            }
        }

        return units;
    }

    private static void Collect(JsonElement element, List<(string Name, string Value)> fields)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            foreach (JsonElement value in property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()]
                : (JsonElement[])[property.Value])
            {
                if (value.ValueKind == JsonValueKind.Object) Collect(value, fields);
                else fields.Add((property.Name, value.ToString()));
            }
        }
    }

    /// <summary>A unit of a protocol.</summary>
    /// <param name="Stream">Its connection, from 0.</param>
    /// <param name="Fields">What tshark says of it.</param>
    internal sealed record Unit(int Stream, List<(string Name, string Value)> Fields)
    {
        /// <summary>The first value of a field; null when it has none.</summary>
        public string? this[string name] => All(name).FirstOrDefault();

        /// <summary>All values of a field.</summary>
        public IEnumerable<string> All(string name) => Fields.Where(field => field.Name == name).Select(field => field.Value);
    }
}
