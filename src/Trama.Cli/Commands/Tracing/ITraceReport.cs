using Trama.Tracing;
using Trama.Tracing.Findings;

namespace Trama.Cli.Commands.Tracing;

/// <summary>Shows what a tracker finds, as it comes and at the end.</summary>
internal interface ITraceReport : IDisposable
{
    /// <summary>Takes what the tracker finds.</summary>
    ITraceSink Sink { get; }

    /// <summary>Shows what was held back.</summary>
    void Flush();

    /// <summary>Shows the rest.</summary>
    Diagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated);
}
