using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Trama.Packets;

namespace Trama.Reports.Browsing.Answers;

/// <summary>
/// Answers what a page asks of a capture, in JSON: the same answers whether they go through a server, are embedded in the page, or are made
/// in the browser. Moments are nanoseconds since <c>firstAt</c> of the capture, durations nanoseconds; what is unknown is absent. Text
/// is fit to be shown (<see cref="Framing.VisibleText"/>). Nothing that is asked reaches a file or a shell.
/// </summary>
/// <param name="source">The capture.</param>
public sealed class BrowsingAnswers(BrowsedSource source)
{
    private const int Rows = 100;
    private const int MostParts = 600;

    private static readonly JsonWriterOptions s_options = new() { Encoder = Readable() };

    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public AnswerStatus Answer(Question question, IBufferWriter<byte> output, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        BrowsedCapture capture = source.Capture;
        Timestamp start = capture.Totals.FirstAt ?? default;
        using var writer = new Utf8JsonWriter(output, s_options);
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

    // Letters of all scripts as they are; what markup could be made of, and what turns the direction of text, by its number.
    private static JavaScriptEncoder Readable()
    {
        var letters = new TextEncoderSettings(UnicodeRanges.All);
        letters.ForbidCharacters('\u061c', '\u200e', '\u200f');
        letters.ForbidRanges(UnicodeRange.Create('\u202a', '\u202e'), UnicodeRange.Create('\u2066', '\u2069'));
        return JavaScriptEncoder.Create(letters);
    }
}
