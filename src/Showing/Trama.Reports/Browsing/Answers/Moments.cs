using System.Text.Json;
using Trama.Packets;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Writes moments as distances from the beginning of the capture: a script's numbers are exact for 104 days of
/// nanoseconds.</summary>
/// <param name="writer">Where they go.</param>
/// <param name="start">The beginning.</param>
internal sealed class Moments(Utf8JsonWriter writer, Timestamp start)
{
    /// <summary>Where everything goes.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>A moment.</summary>
    public void At(ReadOnlySpan<byte> name, Timestamp at) => Writer.WriteNumber(name, at - start);

    /// <summary>A moment in an array.</summary>
    public void Value(Timestamp at) => Writer.WriteNumberValue(at - start);

    /// <summary>A number; nothing when it is unknown.</summary>
    public void Number(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } known) Writer.WriteNumber(name, known);
    }

    /// <summary>A text; nothing when there is none.</summary>
    public void Text(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Writer.WriteString(name, value);
    }

    /// <summary>The numbers of packets, or of connections.</summary>
    public void Numbers(ReadOnlySpan<byte> name, IEnumerable<long> numbers)
    {
        Writer.WriteStartArray(name);
        foreach (long number in numbers) Writer.WriteNumberValue(number);
        Writer.WriteEndArray();
    }
}
