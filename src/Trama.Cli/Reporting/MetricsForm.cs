using System.Net;
using System.Net.Sockets;
using Trama.Cli.PeerOptions;
using Trama.Cli.ThisProcess;
using Trama.Framing;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Rows.Metrics;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary>Answers Prometheus' questions about the exchanges so far; of a file, until it is told to end.</summary>
internal sealed class MetricsForm : IForm
{
    private readonly FormSettings _settings;
    private readonly MetricSink _metrics;
    private readonly MetricServer _server;

    /// <summary>Begins to answer.</summary>
    /// <param name="settings">The address, and the language.</param>
    /// <param name="besides">Numbers that are told besides; null for none.</param>
    /// <exception cref="UserError">The address is none, or taken.</exception>
    public MetricsForm(FormSettings settings, Func<IEnumerable<(string Name, string Type, string Help, double Value)>>? besides = null)
    {
        _settings = settings;
        _metrics = new MetricSink { Besides = besides };
        string target = VisibleText.Of(settings.Target!);
        Language language = settings.Text.Language;
        if (!Addresses.TryParseListen(settings.Target!, out (IPAddress? Address, int Port) place)) throw new UserError(language.Pick(
            $"--metrics: expected a port or an address such as 9464 or 0.0.0.0:9464, got '{target}'",
            $"--metrics: esperava uma porta ou um endereço como 9464 ou 0.0.0.0:9464, veio '{target}'"), ExitCode.Usage);
        try
        {
            _server = new MetricServer(new IPEndPoint(place.Address ?? IPAddress.Loopback, place.Port), _metrics.Write);
        }
        catch (SocketException error)
        {
            throw new UserError($"--metrics {target}: {error.Message}");
        }

        settings.Note(language.Pick($"trama: metrics at http://{_server.Place}/metrics",
            $"trama: métricas em http://{_server.Place}/metrics"));
        if (!IPAddress.IsLoopback(_server.Place.Address)) settings.Note(language.Pick(
            "trama: whoever reaches that address reads what is asked of which server here, without a password",
            "trama: quem alcança esse endereço lê o que se pede aqui e a qual servidor, sem senha"));
    }

    /// <inheritdoc/>
    public ITraceSink Sink => _metrics;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others with { ExchangesOf = null, KeepWords = true };

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        Language language = _settings.Text.Language;
        if (_metrics.Others is > 0 and long others) _settings.Note(language.Pick(
            $"trama: {others} exchanges are counted as others: there are more than {MetricSink.MostSeries} operations",
            $"trama: {others} trocas são contadas como outras: há mais de {MetricSink.MostSeries} operações"));
        if (_settings.IsLive) return;
        _settings.Note(language.Pick("trama: the capture is read; Ctrl-C ends the metrics",
            "trama: a captura foi lida; Ctrl-C encerra as métricas"));
        using var stop = new CancellationTokenSource();
        using var signals = new StopSignals(stop);
        stop.Token.WaitHandle.WaitOne();
    }

    /// <inheritdoc/>
    public void Dispose() => _server.Dispose();
}
