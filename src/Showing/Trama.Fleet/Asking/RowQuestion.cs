using System.Text.Json;
using System.Text.Json.Serialization;
using Trama.Tracing.Choosing;

namespace Trama.Fleet.Asking;

/// <summary>
/// What a hub may ask a sensor about the rows of its own store: the exchanges of a time, of which a condition holds, up to so many. It is a
/// form that is filled in: there is no statement, no command and no path in it.
/// </summary>
public sealed record RowQuestion
{
    /// <summary>How long a question is at most, in bytes.</summary>
    public const int MaxLength = 8192;

    /// <summary>How many rows an answer has at most.</summary>
    public const int MostRows = 10_000;

    /// <summary>How many bytes an answer has at most.</summary>
    public const long MostBytes = 16 << 20;

    /// <summary>How long a sensor takes for an answer at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const int MaxWhere = 2048;

    /// <summary>The version of the form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>From when exchanges are wanted, in nanoseconds since the Unix epoch by the sensor's clock.</summary>
    public long From { get; init; }

    /// <summary>Up to when.</summary>
    public long To { get; init; }

    /// <summary>Which of them, as <see cref="ExchangeCondition"/> reads it; empty for all.</summary>
    public string Where { get; init; } = "";

    /// <summary>What is wanted of each: <c>exchanges</c>, all columns of that table; there is nothing else yet.</summary>
    public string Columns { get; init; } = "exchanges";

    /// <summary>How many rows the answer has at most.</summary>
    public int Limit { get; init; } = MostRows;

    /// <summary>Reads one; null when it is none that is answered.</summary>
    public static RowQuestion? Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxLength) return null;
        try
        {
            RowQuestion? read = JsonSerializer.Deserialize(json, RowQuestionJson.Default.RowQuestion);
            if (read is not { Version: 1, Columns: "exchanges", Where: { Length: <= MaxWhere } where }) return null;
            bool isBounded = read.From >= 0 && read.To >= read.From && read.Limit is > 0 and <= MostRows;
            return isBounded && (where.Length == 0 || ExchangeCondition.TryParse(where, out _, out _)) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RowQuestionJson.Default.RowQuestion);
}

/// <summary>How a question is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RowQuestion))]
internal sealed partial class RowQuestionJson : JsonSerializerContext;
