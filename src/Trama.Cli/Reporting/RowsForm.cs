using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Rows;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>Writes tables into a folder.</summary>
internal sealed class RowsForm : IForm
{
    private readonly FormSettings _settings;
    private readonly RowFolder _folder;
    private readonly RowSink _rows;
    private readonly bool _packets;

    /// <summary>Begins them.</summary>
    public RowsForm(FormSettings settings, RowFormat format)
    {
        _settings = settings;
        _packets = settings.Packets;
        _folder = new RowFolder(settings.Target!, format);
        try
        {
            _rows = new RowSink(_folder.Begin, _packets, finding => FindingWords.Text(finding, settings.Text.Language));
        }
        catch
        {
            _folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ITraceSink Sink => _rows;

    /// <inheritdoc/>
    public bool IsSharded => !_packets;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others with
    {
        ExchangesOf = null,
        KeepWords = true,
        MaxPacketNumbers = Math.Max(others.MaxPacketNumbers, 1),
        TellSegments = others.TellSegments || _packets,
    };

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        _rows.Complete(capture.Diagnosis);
        _folder.Keep();
        if (_folder.Leftover is not { } leftover) return;
        string path = VisibleText.Of(leftover);
        _settings.Note(_settings.Text.Language.Pick($"trama: {path} is of an earlier trace: --packets writes it anew",
            $"trama: {path} é de um rastreio anterior: --packets o grava de novo"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _rows.Dispose();
        _folder.Dispose();
    }
}
