using Trama.Diagnosis;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Reports;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Rows;
using Trama.Tracing;

namespace Trama.Cli.Commands.Watching;

/// <summary>
/// Writes exchanges, connections and findings into a store as they become known; what only several connections show together, once a
/// minute.
/// </summary>
internal sealed class StoreForm : IForm, ITraceSink
{
    private static readonly TimeSpan s_part = TimeSpan.FromMinutes(1);

    private readonly RowSink _rows;
    private readonly JudgedConnections _judged;
    private readonly Action<ConnectionDiagnosis, Finding> _found;
    private readonly HashSet<(long Connection, FindingId Finding)> _written = [];
    private readonly Dictionary<long, HashSet<FindingId>> _ofOpen = [];
    private readonly List<long> _ended = [];
    private readonly Func<long, int> _standsFor;
    private readonly StoreWriter _store;
    private long _healthy;
    private long _partBegan = Environment.TickCount64;

    /// <summary>Begins its tables.</summary>
    /// <param name="store">The store.</param>
    /// <param name="judged">Judges the connections.</param>
    /// <param name="found">Hears of each finding, once it is written.</param>
    /// <param name="standsFor">For how many a healthy exchange stands, by how many came before it; 0 when it is left out.</param>
    /// <param name="language">The language of the findings' texts.</param>
    public StoreForm(StoreWriter store, JudgedConnections judged, Action<ConnectionDiagnosis, Finding> found, Func<long, int> standsFor,
        Language language)
    {
        (_store, _judged, _found, _standsFor) = (store, judged, found, standsFor);
        _rows = new RowSink(store.Begin, packets: false, finding => FindingWords.Text(finding, language));
    }

    /// <summary>How many exchanges were written.</summary>
    public long Exchanges { get; private set; }

    /// <summary>When what is written at the moment happened, in nanoseconds since the Unix epoch; null while that is when it became
    /// known.</summary>
    public long? HappenedAt { get; private set; }

    /// <summary>How many findings were written.</summary>
    public long Findings { get; private set; }

    /// <inheritdoc/>
    public ITraceSink Sink => this;

    /// <inheritdoc/>
    public TracingOptions Needs(TracingOptions others) => others with
    {
        ExchangesOf = null,
        KeepWords = true,
        MaxPacketNumbers = Math.Max(others.MaxPacketNumbers, 1),
    };

    /// <inheritdoc/>
    public void Flush()
    {
        if (Environment.TickCount64 - _partBegan < s_part.TotalMilliseconds) return;
        ConcludePart();
        JudgeOpen();
    }

    /// <inheritdoc/>
    public void End(TracedCapture capture)
    {
        ConcludePart();
        _rows.Complete(new CaptureDiagnosis(capture.Diagnosis.Totals, []));
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    void ITraceSink.ExchangeCompleted(Connection connection, Exchange exchange)
    {
        bool isHealthy = exchange is { Failed: not true, Request: not null, Reply: not null };
        int standsFor = isHealthy ? _standsFor(_healthy++) : 1;
        if (standsFor == 0) return;
        Exchanges++;
        _store.StandsFor = standsFor;
        _rows.ExchangeCompleted(connection, exchange);
    }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        _rows.ConnectionEnded(connection);
        if (_judged.DiagnosisOf(connection) is { } diagnosis) Write(diagnosis, diagnosis.OpenedAt);
        if (_ofOpen.ContainsKey(connection.Id)) _ended.Add(connection.Id);
    }

    private void ConcludePart()
    {
        foreach (ConnectionDiagnosis connection in _judged.Diagnoser.ConcludePart()) Write(connection, connection.OpenedAt);
        _written.Clear();
        foreach (long connection in _ended) _ofOpen.Remove(connection);
        _ended.Clear();
        _partBegan = Environment.TickCount64;
    }

    // What is found of a connection that stays open, as a pool's do, is known before its end.
    private void JudgeOpen()
    {
        if (_store.At is not { } now) return;
        var before = new Timestamp(now() - (s_part.Ticks * TimeSpan.NanosecondsPerTick));
        foreach (ConnectionDiagnosis connection in _judged.Diagnoser.JudgeOpen(before))
        {
            if (!_ofOpen.TryGetValue(connection.Id, out HashSet<FindingId>? known)) _ofOpen[connection.Id] = known = [];
            // What is of less weight may look otherwise in the end.
            Finding[] found = [.. connection.Findings.Where(one => one.Severity >= Severity.Warning && !known.Contains(one.Id))];
            if (found.Length == 0) continue;
            Write(connection with { Findings = found }, connection.LastAt);
            known.UnionWith(found.Select(finding => finding.Id));
        }
    }

    // When it happened, as far as the segments that prove it tell.
    private void Write(ConnectionDiagnosis connection, Timestamp otherwise)
    {
        long? first = connection.Findings[0] is { Packets: [var packet, ..] } ? packet : null;
        TracedSegment? segment = connection.Excerpt.Where(segment => segment.Packet == first).Cast<TracedSegment?>().FirstOrDefault();
        HappenedAt = (segment?.At ?? otherwise).Nanoseconds;
        _rows.Add(connection, finding =>
        {
            if (_ofOpen.TryGetValue(connection.Id, out HashSet<FindingId>? known) && known.Contains(finding.Id)) return false;
            if (!_written.Add((connection.Id, finding.Id))) return false;
            Findings++;
            _found(connection, finding);
            return true;
        });
        HappenedAt = null;
    }
}
