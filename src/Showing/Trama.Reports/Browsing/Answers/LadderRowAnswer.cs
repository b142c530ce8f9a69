using System.Text.Json;
using Trama.Reports.Ladder;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Writes rows of a ladder: what is drawn, and the words on it.</summary>
internal sealed class LadderRowAnswer(Moments moments, LadderWords words, ConnectionLadder ladder)
{
    /// <summary>Writes one.</summary>
    public void Write(LadderRow row)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteStartObject();
        writer.WriteString("kind"u8, JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString()));
        moments.At("at"u8, row.At);
        moments.Number("after"u8, row.DeltaNs);
        writer.WriteString("from"u8, row.From == Side.Client ? "client"u8 : "server"u8);
        if (row.ClientJoin != 0) writer.WriteNumber("clientJoin"u8, (int)row.ClientJoin);
        if (row.ServerJoin != 0) writer.WriteNumber("serverJoin"u8, (int)row.ServerJoin);
        if (row.Segment is { } segment) Segment(row, segment);
        if (row is { Message: { } message, Exchange: { } exchange })
        {
            (string title, string size, string text) = words.Message(exchange, message);
            writer.WriteString("title"u8, title);
            writer.WriteString("size"u8, size);
            moments.Text("text"u8, text);
            writer.WriteNumber("exchange"u8, exchange.Index);
            if (exchange.Failed == true && ReferenceEquals(exchange.Reply, message)) writer.WriteBoolean("failed"u8, true);
        }

        string? said = row.Kind switch
        {
            LadderRowKind.Pause => words.Pause(row.DeltaNs ?? 0),
            LadderRowKind.Unseen => words.Unseen,
            LadderRowKind.Omitted => words.Omitted(row.Omitted),
            LadderRowKind.End => ladder.Connection is { } connection ? words.End(connection) : null,
            _ => null,
        };
        moments.Text("text"u8, said);
        writer.WriteEndObject();
    }

    private void Segment(LadderRow row, in TracedSegment segment)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("packet"u8, segment.Packet);
        writer.WriteString("text"u8, words.Segment(segment));
        moments.Text("marks"u8, words.Marks(segment.Marks));
        moments.Text("closing"u8, words.Closing(segment, row.Findings));
        if (LadderWords.IsSentAgain(segment.Marks)) writer.WriteBoolean("again"u8, true);
        moments.Text("found"u8, LadderWords.Found(row.Findings));
    }
}
