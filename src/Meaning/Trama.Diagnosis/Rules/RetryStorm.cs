using Trama.Tracing;

namespace Trama.Diagnosis.Rules;

/// <summary>
/// A client that meets the same failure again and again, without a pause. The failure is the cause; this is what the client makes of it.
/// </summary>
internal static class RetryStorm
{
    /// <summary>A storm is so many failures at least…</summary>
    private const int Failures = 10;

    /// <summary>…and so short is the time between two on average: a client that waits longer backs off.</summary>
    private const long FailureGapNs = 1000 * Thresholds.Millisecond;

    public static Rule Rule { get; } = new(FindingId.RetryStorm);

    /// <param name="failed">Connections of one client's host to one server whose first finding is the same, in order.</param>
    public static Finding? Judge(IReadOnlyList<ConnectionDiagnosis> failed)
    {
        if (failed.Count < Failures) return null;
        long spanNs = failed[^1].OpenedAt - failed[0].OpenedAt;
        if (spanNs / failed.Count > FailureGapNs) return null;
        return new Finding(FindingId.RetryStorm, Party.Client, Severity.Info)
        {
            Confidence = Confidence.Certain,
            Packets = [.. failed.Where(c => c.Findings[0].Packets.Count > 0).Select(c => c.Findings[0].Packets[0]).Order()
                .Take(Thresholds.ProvingPackets)],
            Sender = Side.Client,
            Facts = [new Fact(FactName.Count, failed.Count), new Fact(FactName.SumNs, spanNs)],
        };
    }
}
