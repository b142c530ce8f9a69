using System.Text.Json;

namespace Trama.Mcp.Questions;

/// <summary>The arguments of a call as a line of JSON, as the process that answers it is told them.</summary>
internal static class QuestionLine
{
    /// <summary>The line, with its end.</summary>
    public static byte[] Of(IDictionary<string, JsonElement>? values)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in values ?? new Dictionary<string, JsonElement>())
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    /// <summary>What a line says.</summary>
    public static Dictionary<string, JsonElement> Read(string line) =>
        JsonElement.Parse(line).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
}
