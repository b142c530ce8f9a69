using System.Text.Json;
using Trama.Diagnosis;
using Trama.Reports.Ladder;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Reports.Browsing.Answers;

/// <summary>Answers what is asked of one connection, which is read again for it.</summary>
internal sealed class DetailAnswers(Moments moments, BrowsedCapture capture, Question question)
{
    private const int Rows = 200;
    private const int MostRows = 1000;

    private readonly LadderWords _words = new(question.Language);

    /// <summary>Writes the answer.</summary>
    public AnswerStatus Write(CancellationToken stop)
    {
        if (question.Name == "packet") return new PacketAnswer(moments, _words, capture).Write(question.Number("packet"), stop);
        long id = question.Number("connection");
        if (id == 0) id = capture.ConnectionOf(question.Number("packet"));
        if (capture.Connection(id) is not { } row || capture.Read(id, stop) is not { } detail) return AnswerStatus.NotThere;
        switch (question.Name)
        {
            case "connection":
                Connection(row, detail);
                return AnswerStatus.Answered;
            case "ladder":
                if (detail.Joined is { } joined)
                    new JoinedLadderAnswer(moments, joined, question.Language).Write(Window(joined.Rows.Count));
                else Ladder(detail.Ladder, Window(detail.Ladder.Rows.Count));
                return AnswerStatus.Answered;
            case "plot":
                new PlotAnswer(moments, question).Write(detail.Connection);
                return AnswerStatus.Answered;
            case "exchange":
                return new MessageAnswer(moments, _words, question).Write(detail.Connection);
            case "place":
                moments.Number("connection"u8, id);
                moments.Number("row"u8, RowOf(detail, question.Number("packet")));
                return AnswerStatus.Answered;
            default:
                return AnswerStatus.NotThere;
        }
    }

    private void Connection(BrowsedConnection row, ConnectionDetail detail)
    {
        Utf8JsonWriter writer = moments.Writer;
        new ConnectionAnswer(moments, capture).Write(row, detail.Connection);
        moments.Number("handshake"u8, detail.Connection.HandshakeNs);
        // What is still open ends nowhere while the capture goes on.
        bool goesOn = !capture.IsComplete && row.Connection.State is ConnectionState.Open or ConnectionState.Unanswered;
        moments.Text("end"u8, goesOn ? null : _words.End(detail.Connection));
        if (detail.Joined is { } joined) new JoinedLadderAnswer(moments, joined, question.Language).Head();
        else Head(detail);
        if (detail.Connection.Misfit is { } misfit) writer.WriteString("misfit"u8,
            FramingWords.Misfit(detail.Connection, misfit, question.Language));
        moments.Number("rows"u8, detail.Joined?.Rows.Count ?? detail.Ladder.Rows.Count);
        moments.Number("held"u8, detail.Connection.Exchanges.Count);
        writer.WriteStartArray("findings"u8);
        foreach (Finding finding in detail.Findings)
        {
            writer.WriteStartObject();
            new FoundAnswer(writer, question.Language).Write(finding);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Head(ConnectionDetail detail)
    {
        moments.Text("drawn"u8, detail.Ladder.Part?.Words(question.Language));
        if (PathText.Of(detail.Connection, question.Language) is not { } path) return;
        moments.Writer.WriteStartArray("notes"u8);
        moments.Writer.WriteStringValue(path);
        moments.Writer.WriteEndArray();
    }

    private void Ladder(ConnectionLadder ladder, (int First, int Count) window)
    {
        Utf8JsonWriter writer = moments.Writer;
        writer.WriteNumber("count"u8, ladder.Rows.Count);
        writer.WriteNumber("first"u8, window.First);
        writer.WriteStartArray("rows"u8);
        var answer = new LadderRowAnswer(moments, _words, ladder);
        for (int i = window.First; i < window.First + window.Count; i++) answer.Write(ladder.Rows[i]);
        writer.WriteEndArray();
    }

    private (int First, int Count) Window(int rows)
    {
        int first = (int)Math.Min(question.Number("first"), rows);
        return (first, (int)Math.Min(question.Number("count", Rows), Math.Min(MostRows, rows - first)));
    }

    // Two captures have two sets of numbers: that row is meant first which helps to prove something.
    private static int RowOf(ConnectionDetail detail, long packet)
    {
        if (detail.Joined is not { } joined)
            return detail.Ladder.Rows.Index().FirstOrDefault(place => place.Item.Segment?.Packet == packet, (-1, null!)).Index;
        return joined.Rows.Index().Where(place => place.Item.Segment?.Packet == packet)
            .OrderBy(place => place.Item.Findings.Count == 0).FirstOrDefault((-1, null!)).Index;
    }
}
