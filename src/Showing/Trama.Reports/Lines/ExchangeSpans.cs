using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>From which packet to which the exchanges of open connections went, so that a finding can be laid to them.</summary>
internal sealed class ExchangeSpans
{
    // Of a connection with more, the first ones are named.
    private const int MostPerConnection = 1 << 16;

    private readonly Dictionary<long, List<(long Index, long First, long Last)>> _spans = [];

    /// <summary>Notes an exchange that is complete.</summary>
    public void Add(Connection connection, Exchange exchange)
    {
        IReadOnlyList<long> first = (exchange.Request ?? exchange.Reply)!.Packets, last = (exchange.Reply ?? exchange.Request)!.Packets;
        if (first.Count == 0 || last.Count == 0) return;
        if (!_spans.TryGetValue(connection.Id, out List<(long, long, long)>? spans)) _spans[connection.Id] = spans = [];
        if (spans.Count < MostPerConnection) spans.Add((exchange.Index, first[0], last[^1]));
    }

    /// <summary>The numbers of the exchanges in whose course a packet of the finding was seen.</summary>
    public IReadOnlyList<long> TouchedBy(Finding finding, Connection connection) =>
        !_spans.TryGetValue(connection.Id, out List<(long Index, long First, long Last)>? spans) ? []
            : [.. spans.Where(span => finding.Packets.Any(packet => packet >= span.First && packet <= span.Last))
                .Select(span => span.Index)];

    /// <summary>Forgets a connection that ended.</summary>
    public void Forget(Connection connection) => _spans.Remove(connection.Id);
}
