using Trama.Tracing;

namespace Trama.Reports.Summary;

/// <summary>What a summary says of one connection.</summary>
internal sealed record ConnectionRow(Connection Connection, long? ServerP50Ns, long? ServerP99Ns)
{
    public long DurationNs => Connection.LastAt - Connection.OpenedAt;

    public long Retransmissions => Connection.ToServer.Retransmissions + Connection.ToClient.Retransmissions;

    /// <summary>What to order by: larger comes first.</summary>
    public long Weight(SummarySort sort) => sort switch
    {
        SummarySort.Duration => DurationNs,
        SummarySort.Bytes => Connection.ToServer.StreamBytes + Connection.ToClient.StreamBytes,
        SummarySort.Exchanges => Connection.ExchangeCount,
        SummarySort.Retransmissions => Retransmissions,
        SummarySort.Rtt => Connection.Rtt?.P50Ns ?? -1,
        SummarySort.ServerTime => ServerP99Ns ?? -1,
        _ => -Connection.Id,
    };
}
