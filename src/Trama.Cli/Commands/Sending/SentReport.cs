using Trama.Captures;
using Trama.Captures.Synthetic;
using Trama.Cli.Capturing;
using Trama.Cli.Reporting;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Packets;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Commands.Sending;

/// <summary>
/// What a client said and heard, as <c>trace</c> shows it: from packets of its own connections where it may capture, else from what its
/// sockets told.
/// </summary>
internal sealed class SentReport : IDisposable
{
    private readonly Report _report;
    private readonly Language _language;
    private readonly string? _path;
    private readonly FramingRule _framing;
    private readonly ConnectionTracker? _tracker;
    private OwnCapture? _capture;

    /// <summary>Begins to watch.</summary>
    /// <param name="forms">The forms to show at the end.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="capture">Captures the client's connections into a file.</param>
    /// <param name="framing">How messages are told apart.</param>
    /// <param name="language">The language.</param>
    public SentReport(
        IReadOnlyList<FormChoice> forms, Stream output, Func<string, OwnCapture> capture, FramingRule framing, Language language)
    {
        (_language, _framing) = (language, framing);
        var selection = new Selection();
        var judged = new JudgedConnections { Selection = selection };
        var settings = new FormSettings { Output = output, Text = Terminal.Options(language), FindingsOf = judged.FindingsOf };
        _report = new Report(new SeveralForms([.. forms.Select(form => form.Make(settings))]), judged, selection);
        string path = Path.GetTempFileName();
        try
        {
            _capture = capture(path);
            _path = path;
        }
        catch (CaptureException error)
        {
            File.Delete(path);
            string reason = CaptureErrors.Describe(error, language).Message;
            Console.Error.WriteLine(language.Pick(
                $"trama: no packets are captured ({reason}); shown is what the sockets told",
                $"trama: nenhum pacote é capturado ({reason}); é mostrado o que os sockets contaram"));
            _tracker = new ConnectionTracker(_report.Needs with { Framing = framing, IsSynthetic = true }, _report.Sink);
            Sockets = new SentConversation(new SyntheticCapture((in Record record) => _tracker.Observe(record)), TimeProvider.System);
        }
    }

    /// <summary>Hears what the sockets tell; null where packets are captured.</summary>
    public SentConversation? Sockets { get; }

    /// <summary>Shows everything: the connections are over.</summary>
    public void End()
    {
        if (_tracker is not null)
        {
            _tracker.Complete();
            if (_tracker.Totals.Packets > 0) _report.End(_tracker.Totals, [], truncated: false);
            return;
        }

        _capture!.End();
        new ReportedInput(new TraceInput(_language) { Files = [_path!], ShowsAsItGoes = true }, _report, _language)
        {
            Adjust = options => options with { Framing = _framing },
        }.Show();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _capture?.Dispose();
        _capture = null;
        _report.Dispose();
        if (_path is not null) File.Delete(_path);
    }
}
