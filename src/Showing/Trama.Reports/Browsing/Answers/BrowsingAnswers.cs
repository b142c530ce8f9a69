using System.Buffers;
using System.Text.Json;
using Trama.Packets;

namespace Trama.Reports.Browsing.Answers;

/// <summary>
/// Answers what a page asks of a capture, in JSON: the same answers whether they go through a server, are embedded in the page, or are made
/// in the browser. Moments are nanoseconds since <c>firstAt</c> of the capture, durations nanoseconds; what is unknown is absent. Text
/// is fit to be shown (<see cref="Framing.VisibleText"/>). Nothing that is asked reaches a file or a shell.
/// </summary>
/// <param name="source">The capture.</param>
public sealed class BrowsingAnswers(BrowsedSource source) : IPageAnswers
{
    private const int Rows = 100;
    private const int MostParts = 600;

    /// <inheritdoc/>
    public string Home => "/index.html";

    /// <inheritdoc/>
    public void WriteState(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        BrowsedCapture capture = source.Capture;
        writer.WriteNumber("version"u8, capture.Version);
        writer.WriteNumber("packets"u8, capture.Totals.Packets);
        writer.WriteNumber("exchanges"u8, capture.Exchanges.End);
        writer.WriteBoolean("complete"u8, capture.IsComplete);
        writer.WriteNumber("file"u8, (int)source.Change());
        if (source.Progress() is not var (read, size)) return;
        writer.WriteNumber("read"u8, read);
        writer.WriteNumber("size"u8, size);
    }

    /// <inheritdoc/>
    public AnswerStatus Answer(Question question, IBufferWriter<byte> output, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        BrowsedCapture capture = source.Capture;
        Timestamp start = capture.Totals.FirstAt ?? default;
        using var writer = new Utf8JsonWriter(output, AnswerJson.Options);
        writer.WriteStartObject();
        AnswerStatus status = AnswerStatus.Answered;
        if (!question.TryChoose(start, out BrowsingChoice choice, out string error))
        {
            writer.WriteString("error"u8, error);
            status = AnswerStatus.Refused;
        }
        else
        {
            var moments = new Moments(writer, start);
            switch (question.Name)
            {
                case "capture":
                    new CaptureAnswer(writer, question.Language).Write(source);
                    break;
                case "services":
                    ServiceAnswer.Write(writer, capture.ListServices(choice, stop));
                    break;
                case "timeline":
                    int parts = (int)Math.Clamp(question.Number("parts", 120), 1, MostParts);
                    TimelineAnswer.Write(moments, capture.Timeline(choice, parts, stop));
                    break;
                case "connections":
                    new ConnectionAnswer(moments, capture).List(capture.ListConnections(choice, question.Named<ConnectionOrder>("order"),
                        question.Has("down"), question.Number("first"), Count(question), stop));
                    break;
                case "exchanges":
                    ExchangeAnswer.List(moments, capture.ListExchanges(choice, question.Named<ExchangeOrder>("order"),
                        question.Has("down"), question.Number("first"), Count(question), stop));
                    break;
                case "explain":
                    status = ExplanationAnswer.Write(writer, question);
                    break;
                default:
                    status = new DetailAnswers(moments, capture, question).Write(stop);
                    break;
            }
        }

        writer.WriteEndObject();
        return status;
    }

    private static int Count(Question question) => (int)Math.Min(question.Number("count", Rows), int.MaxValue);
}
