using System.Text.Json;

namespace Trama.EndToEnd.Tests;

/// <summary>The process of a side of a connection, as JSON tells of it.</summary>
internal sealed record OwnedSide(int? Pid, string? Command, string? Container, string? Pod)
{
    /// <summary>A side, of a connection or of its process.</summary>
    public static OwnedSide Of(JsonElement element, string name)
    {
        if (element.TryGetProperty("process", out JsonElement process)) element = process;
        if (!element.TryGetProperty(name, out JsonElement side) || side.ValueKind != JsonValueKind.Object)
            return new OwnedSide(null, null, null, null);
        return new OwnedSide(
            side.TryGetProperty("pid", out JsonElement pid) ? pid.GetInt32() : null,
            Text("command"), Text("container"), Text("pod"));

        string? Text(string name) => side.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
    }
}
