using Trama.Diagnosis;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports;

/// <summary>The part of a capture that is asked for: one connection, a period, or what of the one is in the other.</summary>
/// <param name="only">The number of the connection; null for all.</param>
/// <param name="between">The period; null for the whole capture.</param>
/// <param name="processes">Whose they are; null for everybody's.</param>
public sealed class Selection(long? only = null, Period? between = null, ProcessChoice? processes = null)
{
    private (long First, long Last)? _packetsBetween;
    private long _packets;
    private long _connections;

    /// <summary>The number of the only connection; null for all.</summary>
    public long? Only => only;

    /// <summary>The period; null for the whole capture.</summary>
    public Period? Between => between;

    /// <summary>Whose they are; null for everybody's.</summary>
    public ProcessChoice? Processes => processes;

    /// <summary>Whether that is everything.</summary>
    public bool IsAll => only is null && between is null && processes is null;

    internal bool Has(long id) => (only ?? id) == id;

    internal bool Has(Connection connection) =>
        Has(connection.Id) && between?.Overlaps(connection.OpenedAt, connection.LastAt) != false && IsOwned(connection);

    internal bool Has(Connection connection, Exchange exchange) =>
        Has(connection.Id) && between?.Overlaps(exchange.FirstAt, exchange.LastAt) != false && IsOwned(connection);

    internal bool Has(Connection connection, in TracedSegment segment) =>
        Has(connection.Id) && between?.Contains(segment.At) != false && IsOwned(connection);

    internal bool Has(JoinedConnection joined) =>
        Has(joined.Id) && between?.Overlaps(joined.Shown.OpenedAt, joined.Shown.LastAt) != false && IsOwned(joined.Shown);

    /// <summary>Those of a connection's findings that packets of the period prove, or no packet at all.</summary>
    internal IReadOnlyList<Finding> Of(IReadOnlyList<Finding> findings) => between is null ? findings
        : [.. findings.Where(finding => finding.Packets.Count == 0 || finding.Packets.Any(IsBetween))];

    /// <summary>A segment was seen.</summary>
    internal void Note(Connection connection, in TracedSegment segment)
    {
        if (between?.Contains(segment.At) == false) return;
        _packetsBetween = (_packetsBetween?.First ?? segment.Packet, segment.Packet);
        if (Has(connection.Id)) _packets++;
    }

    /// <summary>A connection that belongs to it has ended.</summary>
    internal void Count() => _connections++;

    /// <summary>Of what was found in a whole capture, what belongs to this.</summary>
    internal CaptureDiagnosis Of(CaptureDiagnosis whole) => IsAll ? whole : Part(whole, Of, _connections, _packets);

    /// <summary>The same of two joined captures, whose packets have two sets of numbers: by connections alone.</summary>
    internal CaptureDiagnosis Of(CaptureDiagnosis whole, IReadOnlyList<JoinedConnection> shown) => IsAll ? whole
        : Part(whole, findings => findings, shown.Count,
            shown.Sum(joined => joined.Shown.ToServer.Packets + joined.Shown.ToClient.Packets));

    private bool IsOwned(Connection connection) =>
        processes?.Includes(connection.Process(Side.Client), connection.Process(Side.Server)) != false;

    private bool IsBetween(long packet) => packet >= _packetsBetween?.First && packet <= _packetsBetween?.Last;

    private CaptureDiagnosis Part(
        CaptureDiagnosis whole, Func<IReadOnlyList<Finding>, IReadOnlyList<Finding>> select, long connections, long packets)
    {
        var found = new List<ConnectionDiagnosis>();
        foreach (ConnectionDiagnosis diagnosis in whole.Connections)
        {
            if (!Has(diagnosis.Id) || between?.Overlaps(diagnosis.OpenedAt, diagnosis.LastAt) == false) continue;
            if (processes?.Includes(diagnosis.ClientProcess, diagnosis.ServerProcess) == false) continue;
            if (select(diagnosis.Findings) is not [var main, ..] findings) continue;
            found.Add(diagnosis with { Findings = findings, Excerpt = main == diagnosis.Findings[0] ? diagnosis.Excerpt : [] });
        }

        return whole with
        {
            Connections = found,
            Judged = whole.Totals.Part(connections, packets),
            Verdict = Verdict.Of(found),
            HealthyConnections = connections - found.LongCount(diagnosis => diagnosis.Findings[0].Severity >= Severity.Warning),
        };
    }
}
