using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Trama.Reports.Browsing.Answers;
using Trama.Reports.Forms;

namespace Trama.Reports.Page;

/// <summary>What stands in a report: the answers to what its page will ask, as a server would give them.</summary>
internal sealed class ReportData(BrowsedSource source, Language language)
{
    // A server answers so many rows at a time.
    private const int Window = 1000;

    // Where there are too many to be listed, retransmissions of chosen periods are counted by parts as fine as this.
    private const int FineParts = 600;
    private const int ShownParts = 160;

    private readonly BrowsingAnswers _answers = new(source);

    /// <summary>What the capture is, and its lists.</summary>
    /// <param name="note">What of it is left out.</param>
    public ReadOnlyMemory<byte> Capture(string? note)
    {
        var output = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        Answer(writer, "capture");
        if (note is not null) writer.WriteString("note"u8, note);
        Answer(writer, "services");
        Answer(writer, "timeline", [("parts", ShownParts)]);
        Answer(writer, "timeline", [("parts", FineParts)], "fine");
        Retransmissions(writer);
        Windows(writer, "connections", FormBounds.Listed, []);
        // What went wrong first, then from the beginning; one may come twice.
        Windows(writer, "exchanges", FormBounds.Listed / 2, [("faults", 1)], "faulty");
        Windows(writer, "exchanges", FormBounds.Listed, []);
        writer.WriteStartObject("explained"u8);
        foreach (string finding in source.Capture.Diagnosis.Connections.SelectMany(found => found.Findings)
            .Select(finding => FindingNames.Of(finding.Id)).Distinct())
            Answer(writer, "explain", [("id", finding)], finding);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>All that is drawn of a connection.</summary>
    public ReadOnlyMemory<byte> Connection(long id)
    {
        var output = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(output);
        (string, object)[] of = [("connection", id)];
        writer.WriteStartObject();
        Answer(writer, "connection", of);
        Windows(writer, "exchanges", FormBounds.Exchanges, of);
        Windows(writer, "ladder", FormBounds.Segments * 2, of);
        foreach (string side in (ReadOnlySpan<string>)["client", "server"]) Answer(writer, "plot", [.. of, ("side", side)], side);
        writer.WriteStartObject("messages"u8);
        if (source.Capture.Read(id) is { } detail)
        {
            foreach (long exchange in detail.Connection.Exchanges.Take(FormBounds.Exchanges).Select(exchange => exchange.Index))
            {
                if (writer.BytesCommitted + writer.BytesPending > FormBounds.PageConnectionBytes) break;
                Answer(writer, "exchange", [.. of, ("exchange", exchange)], exchange.ToString(CultureInfo.InvariantCulture));
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    // When each was, in nanoseconds, and on which connection.
    private void Retransmissions(Utf8JsonWriter writer)
    {
        if (source.Capture.Retransmissions(FormBounds.Listed) is not { } found) return;
        long start = source.Capture.Totals.FirstAt?.Nanoseconds ?? 0;
        writer.WriteStartArray("again"u8);
        foreach ((Packets.Timestamp at, long connection) in found)
        {
            writer.WriteNumberValue(at.Nanoseconds - start);
            writer.WriteNumberValue(connection);
        }

        writer.WriteEndArray();
    }

    private void Answer(Utf8JsonWriter writer, string name, (string Name, object Value)[]? values = null, string? asName = null)
    {
        writer.WritePropertyName(asName ?? name);
        if (Ask(name, values ?? []) is { } answer) writer.WriteRawValue(answer.Span, skipInputValidation: true);
        else writer.WriteNullValue();
    }

    private void Windows(Utf8JsonWriter writer, string name, int most, (string Name, object Value)[] values, string? asName = null)
    {
        writer.WriteStartArray(asName ?? name);
        for (int first = 0; first < most; first += Window)
        {
            if (Ask(name, [.. values, ("first", first), ("count", Math.Min(Window, most - first))]) is not { } answer) break;
            writer.WriteRawValue(answer.Span, skipInputValidation: true);
            if (CountOf(answer.Span) <= first + Window) break;
        }

        writer.WriteEndArray();
    }

    private ReadOnlyMemory<byte>? Ask(string name, (string Name, object Value)[] values)
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal) { ["lang"] = language.Pick("en", "pt") };
        foreach ((string key, object value) in values) asked[key] = string.Create(CultureInfo.InvariantCulture, $"{value}");
        var answer = new ArrayBufferWriter<byte>(4096);
        return _answers.Answer(new Question(name, asked), answer) == AnswerStatus.Answered ? answer.WrittenMemory : null;
    }

    // Where an answer has windows, how many rows there are stands first.
    private static long CountOf(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        for (int token = 0; token < 3 && reader.Read();) token++;
        return reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : 0;
    }
}
