using Trama.Packets.Decoding;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>
/// Both sides of a device that translates addresses, in one capture: two vantage points, between which a segment is lost, delayed or made
/// up by nobody but that device. The capture is read again with this and with <see cref="JoinedDiagnoser.Options"/>.
/// </summary>
public sealed class BothSides : ITraceSink
{
    private readonly CaptureDiagnosis _alone;
    private readonly Dictionary<long, long> _originals;
    private readonly HashSet<long> _firsts;
    private readonly Diagnoser[] _diagnosers = [new(), new()];
    private readonly VantagePoint[] _sides;

    private BothSides(CaptureDiagnosis alone, Dictionary<long, long> originals)
    {
        (_alone, _originals, _firsts) = (alone, originals, [.. originals.Values]);
        _sides = [.. _diagnosers.Select(diagnoser => new VantagePoint(diagnoser))];
    }

    /// <summary>What a capture needs in which connections were found on both sides of a device; null when none was.</summary>
    public static BothSides? Of(CaptureDiagnosis alone)
    {
        ArgumentNullException.ThrowIfNull(alone);
        var originals = new Dictionary<long, long>();
        foreach (ConnectionDiagnosis connection in alone.Connections)
            foreach (Finding finding in connection.Findings)
                if (IsTwin(finding) && finding[FactName.EarlierConnection] is { } original) originals[connection.Id] = original;
        return originals.Count == 0 ? null : new BothSides(alone, originals);
    }

    /// <inheritdoc/>
    public void ConnectionOpened(Connection connection) => SideOf(connection)?.ConnectionOpened(connection);

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange) => SideOf(connection)?.ExchangeCompleted(connection, exchange);

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection) => SideOf(connection)?.ConnectionEnded(connection);

    /// <inheritdoc/>
    public void StreamBytes(Connection connection, Side from, long offset, ReadOnlySpan<byte> bytes, PacketStamp packet) =>
        SideOf(connection)?.StreamBytes(connection, from, offset, bytes, packet);

    /// <inheritdoc/>
    public void StreamGap(Connection connection, Side from, long offset, long length, GapReason reason) =>
        SideOf(connection)?.StreamGap(connection, from, offset, length, reason);

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload) =>
        SideOf(connection)?.SegmentTaken(connection, segment, payload);

    /// <inheritdoc/>
    public void ErrorReported(Connection connection, long packet, in QuotedSegment error) =>
        SideOf(connection)?.ErrorReported(connection, packet, error);

    /// <summary>What the capture shows, with what the two sides prove together in the place of what each seemed to show.</summary>
    /// <param name="totals">What the tracker was given.</param>
    public CaptureDiagnosis Conclude(CaptureTotals totals)
    {
        CaptureDiagnosis[] alone = [.. _diagnosers.Select(diagnoser => diagnoser.Conclude(totals))];
        foreach (VantagePoint side in _sides) side.Totals = totals;
        var joined = JoinedCapture.Of(_sides[0], _sides[1]);
        CaptureDiagnosis together = JoinedDiagnoser.Judge(joined, alone[0], alone[1]);
        Dictionary<long, ConnectionDiagnosis> judged = together.Connections.ToDictionary(c => c.Id);
        Dictionary<long, ConnectionDiagnosis> found = _alone.Connections.ToDictionary(c => c.Id);
        foreach (JoinedConnection pair in joined.Connections)
        {
            if (pair is not { NumberAtClient: { } nearClient, NumberAtServer: { } nearServer }) continue;
            (long first, long second) = pair.FirstIsNear ? (nearClient, nearServer) : (nearServer, nearClient);
            if (_originals.GetValueOrDefault(second) == first) Tell(found, first, second, alone, judged.GetValueOrDefault(pair.Id));
        }

        ConnectionDiagnosis[] told = [.. found.Values.Where(c => c.Findings.Count > 0).OrderBy(c => c.Id)];
        return _alone with
        {
            Connections = told,
            Verdict = Verdict.Of(told),
            HealthyConnections = _alone.HealthyConnections + Diagnoser.Faulty(_alone.Connections) - Diagnoser.Faulty(told),
        };
    }

    private static void Tell(Dictionary<long, ConnectionDiagnosis> found, long first, long second, CaptureDiagnosis[] alone,
        ConnectionDiagnosis? judged)
    {
        // What only the whole capture shows stays.
        FindingId[] ofEach = [.. alone.SelectMany(side => side.Connections).Where(c => c.Id == first || c.Id == second)
            .SelectMany(c => c.Findings).Select(finding => finding.Id)];
        ConnectionDiagnosis? before = found.GetValueOrDefault(first);
        IEnumerable<Finding> ofAll = before?.Findings.Where(finding => !ofEach.Contains(finding.Id)) ?? [];
        // Both sides are in one file, whose packets have one numbering.
        IEnumerable<Finding> together = judged?.Findings.Select(finding => finding with { SeenAt = null }) ?? [];
        if ((before ?? judged) is { } shown) found[first] = shown with
        {
            Id = first,
            Findings = Causes.Ordered([.. ofAll, .. together.Where(finding => ofAll.All(other => other.Id != finding.Id))]),
            Excerpt = judged?.Excerpt ?? [],
        };
        if (found.TryGetValue(second, out ConnectionDiagnosis? twin))
            found[second] = twin with { Findings = [.. twin.Findings.Where(IsTwin)], Excerpt = [] };
    }

    private VantagePoint? SideOf(Connection connection) =>
        _originals.ContainsKey(connection.Id) ? _sides[1] : _firsts.Contains(connection.Id) ? _sides[0] : null;

    private static bool IsTwin(Finding finding) => finding is { Id: FindingId.DuplicatedCapture, Kind: FindingKind.Translated };
}
