using Trama.Diagnosis;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>From which packet to which the exchanges of open connections went, so that a finding can be laid to them.</summary>
internal sealed class ExchangeSpans
{
    // Of a connection with more, the first ones are named.
    private const int MostPerConnection = 1 << 16;

    private readonly Dictionary<long, List<ExchangeSpan>> _spans = [];

    /// <summary>Notes an exchange that is complete.</summary>
    public void Add(Connection connection, Exchange exchange)
    {
        IReadOnlyList<long> first = (exchange.Request ?? exchange.Reply)!.Packets, last = (exchange.Reply ?? exchange.Request)!.Packets;
        if (first.Count == 0 || last.Count == 0) return;
        if (!_spans.TryGetValue(connection.Id, out List<ExchangeSpan>? spans)) _spans[connection.Id] = spans = [];
        if (spans.Count < MostPerConnection) spans.Add(new ExchangeSpan(exchange.Index, first[0], last[^1], ExchangeTimes.Of(exchange)));
    }

    /// <summary>The exchanges in whose course a packet of the finding was seen.</summary>
    public ExchangeSpan[] TouchedBy(Finding finding, Connection connection) =>
        !_spans.TryGetValue(connection.Id, out List<ExchangeSpan>? spans) ? []
            : [.. spans.Where(span => finding.Packets.Any(packet => packet >= span.First && packet <= span.Last))];

    /// <summary>Forgets a connection that ended.</summary>
    public void Forget(Connection connection) => _spans.Remove(connection.Id);
}
