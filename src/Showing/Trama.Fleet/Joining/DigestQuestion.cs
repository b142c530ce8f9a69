using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trama.Fleet.Joining;

/// <summary>
/// What a hub may ask a sensor: the headers of one connection in a window, up to a limit. It is a form that is filled in: there is no
/// statement, no command and no path in it.
/// </summary>
public sealed record DigestQuestion
{
    /// <summary>How many bytes an answer has at most.</summary>
    public const long MostBytes = 16 << 20;

    /// <summary>How long a question is at most, in bytes.</summary>
    public const int MaxLength = 1024;

    /// <summary>Of how long an answer tells at most, in nanoseconds.</summary>
    public const long MostNs = 24L * 3_600_000_000_000;

    private const int MaxName = 64;

    /// <summary>The version of the form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>From when packets are wanted, in nanoseconds since the Unix epoch by the sensor's clock.</summary>
    public long From { get; init; }

    /// <summary>Up to when.</summary>
    public long To { get; init; }

    /// <summary>The client of the connection, as the sensor sees it.</summary>
    public string Client { get; init; } = "";

    /// <summary>The server, likewise.</summary>
    public string Server { get; init; } = "";

    /// <summary>What is wanted of each packet: <c>headers</c>; there is nothing else yet.</summary>
    public string Columns { get; init; } = "headers";

    /// <summary>How many bytes the answer has at most.</summary>
    public long Limit { get; init; } = MostBytes;

    /// <summary>Reads one; null when it is none that is answered.</summary>
    public static DigestQuestion? Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxLength) return null;
        try
        {
            DigestQuestion? read = JsonSerializer.Deserialize(json, QuestionJson.Default.DigestQuestion);
            if (read is not { Version: 1, Columns: "headers", Client: not null, Server: not null }) return null;
            bool isBounded = read.Client.Length is > 0 and <= MaxName && read.Server.Length is > 0 and <= MaxName
                && read.Limit is > 0 and <= MostBytes && read.To >= read.From && read.To - (decimal)read.From <= MostNs;
            return isBounded ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, QuestionJson.Default.DigestQuestion);
}

/// <summary>How a question is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(DigestQuestion))]
internal sealed partial class QuestionJson : JsonSerializerContext;
