using System.Text.Json;

namespace Trama.Mcp.Tools;

/// <summary>What a tool is to be told.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in JSON Schema: <c>string</c> or <c>integer</c>.</param>
/// <param name="Description">What it means.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
internal sealed record ToolParameter(string Name, string Type, string Description, bool IsRequired = false)
{
    /// <summary>The file that a call is about.</summary>
    public static ToolParameter File { get; } = new("file", "string", "The capture: its path below the folder, as list tells it", true);

    /// <summary>The first row that is wanted.</summary>
    public static ToolParameter First { get; } = new("first", "integer", "The first row that is wanted, from 1 (default 1)");

    /// <summary>How many rows are wanted.</summary>
    public static ToolParameter Rows { get; } = new("rows", "integer", $"How many rows, at most {Limits.Rows} (the default)");

    /// <summary>The schema of some parameters.</summary>
    public static JsonElement Schema(IReadOnlyList<ToolParameter> parameters)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "object"u8);
            writer.WriteStartObject("properties"u8);
            foreach (ToolParameter parameter in parameters)
            {
                writer.WriteStartObject(parameter.Name);
                writer.WriteString("type"u8, parameter.Type);
                if (parameter.Type == "integer") writer.WriteNumber("minimum"u8, 1);
                writer.WriteString("description"u8, parameter.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteStartArray("required"u8);
            foreach (ToolParameter parameter in parameters.Where(each => each.IsRequired)) writer.WriteStringValue(parameter.Name);
            writer.WriteEndArray();
            writer.WriteBoolean("additionalProperties"u8, false);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.ToArray());
    }
}
