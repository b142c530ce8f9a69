using System.Globalization;
using Trama.Diagnosis;
using Trama.Rows.Tables;
using Trama.Tracing;

namespace Trama.Rows;

/// <summary>
/// Writes what was traced as rows: exchanges as they are complete, connections as they end, findings when they are added or at the end.
/// </summary>
public sealed class RowSink : IShardedSink, IDisposable
{
    // Exchanges of so many connections in turn need no new text for their addresses.
    private const int NamedConnections = 1024;

    private readonly TableOutput _exchanges, _connections, _findings;
    private readonly TableOutput? _packets;
    private readonly Func<Finding, string> _text;
    private readonly (long Connection, EndpointNames? Names)[] _named = new (long, EndpointNames?)[NamedConnections];

    /// <summary>Begins the tables.</summary>
    /// <param name="begin">Begins one.</param>
    /// <param name="packets">Whether there is one of packets too.</param>
    /// <param name="text">Says a finding in words.</param>
    public RowSink(Func<TableSchema, TableOutput> begin, bool packets, Func<Finding, string> text)
    {
        ArgumentNullException.ThrowIfNull(begin);
        _text = text;
        _exchanges = begin(ExchangeRow.Table);
        _connections = begin(ConnectionRow.Table);
        _findings = begin(FindingRow.Table);
        if (packets) _packets = begin(PacketRow.Table);
    }

    /// <inheritdoc/>
    public IShardPart? OpenPart(int shard) => null;

    /// <inheritdoc/>
    public void ExchangeCompleted(Connection connection, Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ref (long Connection, EndpointNames? Names) named = ref _named[connection.Id % NamedConnections];
        if (named.Names is null || named.Connection != connection.Id) named = (connection.Id, EndpointNames.Of(connection));
        ExchangeRow.Table.Write(new ExchangeRow(connection, exchange, named.Names!), _exchanges);
    }

    /// <inheritdoc/>
    public void ConnectionEnded(Connection connection) => ConnectionRow.Table.Write(connection, _connections);

    /// <inheritdoc/>
    public void SegmentTaken(Connection connection, in TracedSegment segment, ReadOnlySpan<byte> payload)
    {
        if (_packets is not null) PacketRow.Table.Write(new PacketRow(connection.Id, segment), _packets);
    }

    /// <summary>Writes the findings of a connection.</summary>
    /// <param name="connection">The connection, with all its findings.</param>
    /// <param name="isWanted">Whether a finding is written; null for all.</param>
    public void Add(ConnectionDiagnosis connection, Predicate<Finding>? isWanted = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        for (int i = 0; i < connection.Findings.Count; i++)
        {
            Finding finding = connection.Findings[i];
            if (isWanted?.Invoke(finding) ?? true)
                FindingRow.Table.Write(new FindingRow(connection, finding, i + 1, _text(finding)), _findings);
        }
    }

    /// <summary>Writes the findings, and ends the tables.</summary>
    public void Complete(CaptureDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        foreach (ConnectionDiagnosis connection in diagnosis.Connections) Add(connection);
        CaptureTotals totals = diagnosis.Totals;
        string capture = string.Create(CultureInfo.InvariantCulture,
            $"{totals.Packets} {totals.Bytes} {totals.FirstAt?.Nanoseconds} {totals.LastAt?.Nanoseconds}");
        foreach (TableOutput table in Tables) table.Complete(capture);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TableOutput table in Tables) table.Dispose();
    }

    private IEnumerable<TableOutput> Tables
    {
        get
        {
            yield return _exchanges;
            yield return _connections;
            yield return _findings;
            if (_packets is not null) yield return _packets;
        }
    }
}
