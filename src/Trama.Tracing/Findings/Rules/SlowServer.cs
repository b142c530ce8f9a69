namespace Trama.Tracing.Findings.Rules;

/// <summary>Requests that were acknowledged at once and answered late.</summary>
internal static class SlowServer
{
    public static Finding? Judge(ConnectionEvidence evidence)
    {
        Exchange[] slow = [.. evidence.Connection.Exchanges.Where(e => e.ServerNs > Thresholds.SlowReplyNs)];
        if (slow.Length == 0) return null;
        return new Finding(FindingId.SlowServer, Party.Server, Severity.Warning)
        {
            Packets = [.. slow.SelectMany(e => e.Request!.Packets.TakeLast(1).Concat(e.Reply!.Packets.Take(1)))],
            Facts =
            [
                new Fact(FactName.Count, slow.Length),
                new Fact(FactName.Total, evidence.Connection.ExchangeCount),
                new Fact(FactName.LongestNs, slow.Max(e => e.ServerNs!.Value)),
                new Fact(FactName.SumNs, slow.Sum(e => e.ServerNs!.Value)),
            ],
        };
    }
}
