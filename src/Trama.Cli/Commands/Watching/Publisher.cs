using System.Diagnostics;
using Trama.Captures;
using Trama.Diagnosis;
using Trama.Fleet.Sending;
using Trama.Fleet.Sensing;
using Trama.Fleet.Storing;
using Trama.Fleet.Tickets;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Commands.Watching;

/// <summary>Publishes to hubs what is traced (<c>trama watch --to</c>): by the spool in the store's folder, and a courier.</summary>
internal sealed class Publisher : IForm
{
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    // Both ends have to be stored before a hub asks.
    private const long LookNs = 1_000_000_000;

    private static readonly TimeSpan s_asked = TimeSpan.FromSeconds(5);

    private readonly Spool _spool;
    private readonly Outbox _outbox;
    private readonly SensorSink _sink;
    private readonly CourierLink _courier;
    private readonly Action<string> _say;
    private readonly Language _language;
    private string _told = "";
    private long _lookedAt;

    /// <summary>Opens the spool.</summary>
    /// <exception cref="CaptureException">It cannot be.</exception>
    public Publisher(StoreFolder folder, long runAt, TicketKeys keys, JudgedConnections judged, ProcessStartInfo courier,
        PublisherSettings settings, Action<string> say, Language language)
    {
        (_say, _language) = (say, language);
        try
        {
            _spool = new Spool(Path.Combine(folder.Root, "spool"), settings.SpoolBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CaptureException.FromFileError(Path.Combine(folder.Root, "spool"), error);
        }

        _outbox = new Outbox(_spool, settings.Sensor, TimeProvider.System) { Failed = Tell };
        _sink = new SensorSink(_outbox, keys, judged.FindingsOf, finding => FindingWords.Text(finding, language), runAt, settings.SlowNs,
            settings.Sample);
        _courier = new CourierLink(_spool, folder, courier)
        {
            Told = Tell,
            Asked = () => Asked(),
            Rows = new HistoryAnswer(folder, language).Of,
        };
    }

    /// <summary>Called before a hub's question is answered: has the store take what it holds back.</summary>
    public Action Asked { get; set; } = () => { };

    /// <summary>Whether packets come as they happen.</summary>
    public bool IsLive { get; set; }

    /// <inheritdoc/>
    public ITraceSink Sink => _sink;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others with { KeptSegments = Math.Max(others.KeptSegments, 1) };

    /// <summary>Starts the courier.</summary>
    public void Begin() => _courier.Begin();

    /// <summary>Something was found.</summary>
    public void Found(ConnectionDiagnosis connection, Finding finding) => _sink.Found(connection, finding);

    /// <summary>Spools and sends what came; to be called every second.</summary>
    public void Keep() => _courier.Send(_outbox.Keep());

    /// <summary>A packet comes, at a time in nanoseconds since the Unix epoch. To be told on the thread that traces.</summary>
    public void Coming(long at)
    {
        if (at - _lookedAt is < LookNs and > -LookNs) return;
        _lookedAt = at;
        _sink.Look(at);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        // No packet says what time it is where none comes. One may be on its way.
        if (IsLive) Coming((DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick - LookNs);
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture) => _sink.Complete();

    /// <summary>Sends what is left, and says what stays in the spool.</summary>
    /// <param name="isAsked">Whether to be there for the questions of hubs a while: of a file, all connections end at its end.</param>
    public void Conclude(bool isAsked)
    {
        Keep();
        bool isDrained = _courier.Drain(s_drain);
        if (isDrained && isAsked) Thread.Sleep(s_asked);
        if (!isDrained) _say(_language.Pick($"{_spool.Waiting} messages wait in the spool for the next run",
            $"{_spool.Waiting} mensagens esperam na fila pela próxima execução"));
        if (_outbox.MissingRows > 0) _say(_language.Pick($"rows that the spool had no room for: {_outbox.MissingRows}",
            $"linhas que não couberam na fila: {_outbox.MissingRows}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _courier.Dispose();
        _sink.Dispose();
        _spool.Dispose();
    }

    private void Tell(string text)
    {
        if (text == _told) return;
        _told = text;
        _say(text.Length > 0 ? _language.Pick($"hubs cannot be reached, what comes waits in the spool: {text}",
            $"os hubs não são alcançados, o que vem espera na fila: {text}")
            : _language.Pick("hubs are reached again", "os hubs são alcançados de novo"));
    }
}
