using System.Text.Json;
using Trama.Reports.Ladder;
using Trama.Reports.Ladder.Joined;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what the ladder of two captures shows: what left and arrived at either end, and what became of it on the way.</summary>
internal sealed class JoinedLadderAnswer(Moments moments, JoinedLadder ladder, Language language)
{
    private readonly JoinedWords _words = new(language, ascii: false);

    /// <summary>What is said of the two captures, and how the connection ended at either end.</summary>
    public void Head()
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteBoolean("joined"u8, true);
        writer.WriteStartArray("notes"u8);
        foreach (string line in _words.End(ladder.Connection).Skip(1).Concat(_words.Notes(ladder))) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }

    /// <summary>Writes a window of its rows.</summary>
    public void Write((int First, int Count) window)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("count"u8, ladder.Rows.Count);
        writer.WriteNumber("first"u8, window.First);
        writer.WriteStartArray("rows"u8);
        for (int i = window.First; i < window.First + window.Count; i++) Write(ladder.Rows[i]);
        writer.WriteEndArray();
    }

    private void Write(JoinedRow row)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteStartObject();
        writer.WriteString("kind"u8, JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString()));
        moments.At("at"u8, row.At);
        writer.WriteString("from"u8, NameOf(row.End));
        if (row.Segment is { } segment) Segment(row, segment);
        if (row.Message is not null)
        {
            (string title, string size, string text) = _words.Message(ladder.Connection, row);
            writer.WriteString("title"u8, title);
            writer.WriteString("size"u8, size);
            moments.Text("text"u8, text);
            writer.WriteNumber("exchange"u8, row.Exchange!.Index);
        }

        if (row.Kind == JoinedRowKind.Pause) moments.Text("text"u8, _words.Common.Pause(row.PauseNs));
        if (row.Kind == JoinedRowKind.Omitted) moments.Text("text"u8, _words.Common.Omitted(row.Omitted));
        writer.WriteEndObject();
    }

    private void Segment(JoinedRow row, in TracedSegment segment)
    {
        Utf8JsonWriter writer = moments.Writer;
        bool isSeenLeaving = row.Kind == JoinedRowKind.Arrives && row.Arrows[0].LeavesIn >= 0;
        writer.WriteNumber("packet"u8, segment.Packet);
        moments.Text("text"u8, isSeenLeaving ? _words.Delay(row.Arrows[0].Segment) : string.Join(" · ", _words.Label(row)));
        if (JoinedWords.IsBad(row)) writer.WriteBoolean("bad"u8, true);
        if (LadderWords.IsSentAgain(segment.Marks)) writer.WriteBoolean("again"u8, true);
        moments.Text("found"u8, LadderWords.Found(row.Findings));
        writer.WriteStartArray("arrows"u8);
        foreach (JoinedArrow arrow in row.Arrows)
        {
            writer.WriteStartObject();
            writer.WriteNumber("leaves"u8, arrow.LeavesIn);
            writer.WriteNumber("arrives"u8, arrow.ArrivesIn);
            writer.WriteString("from"u8, NameOf(arrow.Segment.From));
            if (arrow.Segment.Fate != SegmentFate.Delivered)
                writer.WriteString("fate"u8, JsonNamingPolicy.CamelCase.ConvertName(arrow.Segment.Fate.ToString()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static ReadOnlySpan<byte> NameOf(Side side) => side == Side.Client ? "client"u8 : "server"u8;
}
