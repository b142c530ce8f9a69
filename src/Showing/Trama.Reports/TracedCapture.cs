using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports;

/// <summary>A capture that was traced to its end.</summary>
/// <param name="Diagnosis">What was found; without connections when nobody looked.</param>
/// <param name="Files">The names of the captures.</param>
/// <param name="IsTruncated">Whether one ended in the middle of a record.</param>
public sealed record TracedCapture(CaptureDiagnosis Diagnosis, IReadOnlyList<string> Files, bool IsTruncated)
{
    /// <summary>Of two joined captures, the period that is asked for; null for all of them.</summary>
    public Period? Between { get; init; }

    /// <summary>What it held.</summary>
    public CaptureTotals Totals => Diagnosis.Totals;
}
