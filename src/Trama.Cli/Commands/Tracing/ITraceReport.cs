using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Cli.Commands.Tracing;

/// <summary>Shows what a tracker finds, as it comes and at the end.</summary>
internal interface ITraceReport : IDisposable
{
    /// <summary>Takes what the tracker finds.</summary>
    ITraceSink Sink { get; }

    /// <summary>Shows what was held back.</summary>
    void Flush();

    /// <summary>Shows the rest.</summary>
    CaptureDiagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated);
}
