using System.Text;
using Trama.Cli.Commands.Tracing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports.Findings;
using Trama.Reports.Json;
using Trama.Reports.Text;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Commands.Diagnosing;

/// <summary>Says what was found, in one form, on standard output.</summary>
internal sealed class DiagnosisReport : ITraceReport
{
    private readonly StandardOutputPipe _output = StandardOutputPipe.Open();
    private readonly TextOptions _options;
    private readonly bool _full;
    private readonly JudgedConnections _judged;

    public DiagnosisReport(DiagnosisForm form, TextOptions options, bool full)
    {
        (_options, _full) = (options, full);
        _judged = new JudgedConnections { Judged = diagnosis => Tell(form, diagnosis) };
        _judged.Report = form switch
        {
            DiagnosisForm.Json => new JsonDocumentReport(_output, options.Language, full),
            DiagnosisForm.NdJson => new JsonLinesReport(_output, options.Language, full) { FindingsOf = _judged.FindingsOf },
            _ => null,
        };
    }

    /// <summary>Whether connections are told of as they end.</summary>
    public bool IsLive { get; init; }

    /// <inheritdoc/>
    public ITraceSink Sink => _judged;

    /// <inheritdoc/>
    public void Flush() => (_judged.Report as JsonLinesReport)?.Flush();

    /// <inheritdoc/>
    public CaptureDiagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated)
    {
        CaptureDiagnosis diagnosis = _judged.Diagnoser.Conclude(totals);
        switch (_judged.Report)
        {
            case JsonDocumentReport document:
                document.End(diagnosis, files, truncated);
                break;
            case JsonLinesReport lines:
                lines.End(totals, files, truncated, diagnosis);
                break;
            default:
                Write(DiagnosisText.Draw(diagnosis, _options, TimeZoneInfo.Local));
                break;
        }

        return diagnosis;
    }

    /// <summary>Shows what two captures tell together.</summary>
    public void Show(JoinedCapture captures, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, bool truncated)
    {
        switch (_judged.Report)
        {
            case JsonDocumentReport document:
                captures.Tell(document);
                document.End(diagnosis, files, truncated);
                break;
            case JsonLinesReport:
                using (var lines = new JsonLinesReport(_output, _options.Language, _full) { FindingsOf = diagnosis.FindingsOf })
                {
                    captures.Tell(lines);
                    lines.End(captures.Totals, files, truncated, diagnosis);
                }

                break;
            default:
                Write(JoinedDiagnosisText.Draw(captures, diagnosis, files, _options, TimeZoneInfo.Local));
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (_judged.Report as IDisposable)?.Dispose();
        _output.Dispose();
    }

    private void Tell(DiagnosisForm form, ConnectionDiagnosis diagnosis)
    {
        if (IsLive && form == DiagnosisForm.Text && diagnosis.Findings[0].Severity > Severity.Info)
            Write(DiagnosisText.Line(diagnosis, _options, TimeZoneInfo.Local));
    }

    private void Write(string text) => _output.Write(Encoding.UTF8.GetBytes(text));
}
