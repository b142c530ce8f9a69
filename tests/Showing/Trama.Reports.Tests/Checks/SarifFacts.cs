using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trama.Reports.Tests.Checks;

/// <summary>
/// What the schema of SARIF 2.1.0 says of the objects that the form writes: their members, the types of these, which there must be. An
/// object may have no other member, but a bag of properties anything.
/// </summary>
internal static class SarifFacts
{
    private static readonly Dictionary<string, string> s_objects = new()
    {
        ["sarifLog"] = "$schema:uri version!:=2.1.0 runs!:[run]",
        ["run"] = "tool!:tool language:language columnKind:=utf16CodeUnits|unicodeCodePoints invocations:[invocation] "
            + "artifacts:[artifact] results:[result]",
        ["tool"] = "driver!:toolComponent",
        ["toolComponent"] = "name!:string version:string rules:[reportingDescriptor]",
        ["reportingDescriptor"] = "id!:string name:string shortDescription:multiformatMessageString "
            + "fullDescription:multiformatMessageString help:multiformatMessageString",
        ["multiformatMessageString"] = "text!:string markdown:string",
        ["invocation"] = "executionSuccessful!:boolean toolExecutionNotifications:[notification]",
        ["notification"] = "message!:message level:=none|note|warning|error",
        ["artifact"] = "location:artifactLocation",
        ["artifactLocation"] = "uri:uri index:index",
        ["result"] = "ruleId:string ruleIndex:index level:=none|note|warning|error message!:message locations:[location] "
            + "partialFingerprints:strings properties:any",
        ["message"] = "text!:string",
        ["location"] = "physicalLocation:physicalLocation logicalLocations:[logicalLocation]",
        ["physicalLocation"] = "artifactLocation!:artifactLocation region:region",
        ["region"] = "startLine!:line",
        ["logicalLocation"] = "name:string fullyQualifiedName:string",
    };

    /// <summary>Fails unless the text is a log of SARIF.</summary>
    public static JsonElement Check(string text)
    {
        JsonElement log = JsonDocument.Parse(text).RootElement;
        Check(log, "sarifLog", "$");
        foreach (JsonElement run in log.GetProperty("runs").EnumerateArray()) Refer(run);
        return log;
    }

    private static void Check(JsonElement value, string type, string path)
    {
        if (type[0] == '=') Assert.Contains(value.GetString(), type[1..].Split('|'));
        else if (type[0] == '[')
        {
            Assert.True(value.ValueKind == JsonValueKind.Array, path);
            foreach ((int i, JsonElement item) in value.EnumerateArray().Index()) Check(item, type[1..^1], $"{path}[{i}]");
        }
        else if (s_objects.TryGetValue(type, out string? members)) Members(value, members.Split(' '), path);
        else Assert.True(IsPlain(value, type), $"{path} is no {type}: {value}");
    }

    private static void Members(JsonElement value, string[] members, string path)
    {
        var known = members.ToDictionary(member => member.Split(':')[0].TrimEnd('!'));
        foreach (JsonProperty member in value.EnumerateObject())
        {
            Assert.True(known.TryGetValue(member.Name, out string? fact), $"{path}.{member.Name} is unknown");
            Check(member.Value, fact[(fact.IndexOf(':', StringComparison.Ordinal) + 1)..], $"{path}.{member.Name}");
        }

        foreach (string must in known.Where(fact => fact.Value.Contains('!', StringComparison.Ordinal)).Select(fact => fact.Key))
            Assert.True(value.TryGetProperty(must, out _), $"{path} has no {must}");
    }

    private static bool IsPlain(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        // The characters of RFC 3986 (2), and a colon in no first segment of a reference.
        "uri" => Regex.IsMatch(value.GetString()!, @"^([a-z]+:/)?([\w\-.~/]|%[0-9A-F]{2})+$", RegexOptions.ECMAScript),
        "language" => value.GetString() is "en" or "pt-BR",
        "index" => value.TryGetInt32(out int index) && index >= -1,
        "line" => value.TryGetInt32(out int line) && line >= 1,
        "strings" => value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String),
        _ => type == "any" && value.ValueKind == JsonValueKind.Object,
    };

    // Indices name what there is, and the same as what stands beside them.
    private static void Refer(JsonElement run)
    {
        JsonElement rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal(rules.GetArrayLength(), rules.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(),
                rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            if (!result.GetProperty("locations")[0].TryGetProperty("physicalLocation", out JsonElement place)) continue;
            JsonElement file = place.GetProperty("artifactLocation");
            Assert.Equal(file.GetProperty("uri").GetString(), run.GetProperty("artifacts")[file.GetProperty("index").GetInt32()]
                .GetProperty("location").GetProperty("uri").GetString());
        }
    }
}
