namespace Trama.Diagnosis;

/// <summary>Makes one finding of what the chapters of a connection told of the same thing.</summary>
internal static class FindingMerge
{
    /// <summary>Adds findings to those of earlier chapters.</summary>
    public static void Into(List<Finding> findings, IEnumerable<Finding> later)
    {
        foreach (Finding finding in later)
        {
            int index = findings.FindIndex(f => f.Id == finding.Id && f.Party == finding.Party && f.Kind == finding.Kind
                && f.Sender == finding.Sender);
            if (index < 0) findings.Add(finding);
            else findings[index] = Merge(findings[index], finding);
        }
    }

    private static Finding Merge(Finding one, Finding other) => one with
    {
        Severity = one.Severity > other.Severity ? one.Severity : other.Severity,
        Confidence = one.Confidence > other.Confidence ? one.Confidence : other.Confidence,
        Packets = [.. one.Packets.Concat(other.Packets).Take(Thresholds.ProvingPackets)],
        Facts = [.. one.Facts.Select(fact => new Fact(fact.Name, Merge(fact, other[fact.Name])))],
    };

    private static long Merge(Fact one, long? other) => one.Name switch
    {
        FactName.Count or FactName.Total or FactName.SumNs or FactName.Timeouts or FactName.FastRetransmissions or FactName.TailProbes
            or FactName.LostBytes
            => one.Value + (other ?? 0),
        _ => Math.Max(one.Value, other ?? one.Value),
    };
}
