using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports.Findings;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Shows a capture, or two joined ones, in a form, and says what was found.</summary>
/// <param name="form">The form.</param>
/// <param name="judged">Judges the connections; null when nobody asks what went wrong.</param>
/// <param name="only">The number of the only connection to show; null for all.</param>
public sealed class Report(IForm form, JudgedConnections? judged = null, long? only = null) : IDisposable
{
    /// <summary>What the form writes to, closed with it.</summary>
    public IReadOnlyList<Stream> Outputs { get; init; } = [];

    /// <summary>The number of the only connection to show; null for all.</summary>
    public long? Only => only;

    /// <summary>Whether it looks for what went wrong.</summary>
    public bool Diagnoses => judged is not null;

    /// <summary>What the tracker has to keep and tell.</summary>
    public TracingOptions Needs => form.Needs(Diagnoser.OptionsAlone with { TellSegments = Diagnoses });

    /// <summary>What the trackers of two captures that will be joined have to keep and tell.</summary>
    public TracingOptions JoinedNeeds => Needs with { TellSegments = true, KeepExchanges = true, KeptSegments = JoinedDiagnoser.Options.KeptSegments };

    /// <summary>Takes what the tracker finds.</summary>
    public ITraceSink Sink
    {
        get
        {
            ITraceSink shown = only is { } id ? new OneConnection(form.Sink, id) : form.Sink;
            if (judged is null) return shown;
            judged.Report = shown;
            return judged;
        }
    }

    /// <inheritdoc cref="IForm.NeedsOfFound"/>
    public TracingOptions? NeedsOfFound(TracingOptions first) => form.NeedsOfFound(first);

    /// <summary>Shows what was held back.</summary>
    public void Flush() => form.Flush();

    /// <summary>Shows the rest.</summary>
    /// <returns>What was found.</returns>
    public CaptureDiagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated)
    {
        CaptureDiagnosis diagnosis = judged?.Diagnoser.Conclude(totals) ?? new CaptureDiagnosis(totals, []);
        form.End(new TracedCapture(diagnosis, files, truncated));
        return diagnosis;
    }

    /// <summary>Shows two captures as one.</summary>
    public void Show(JoinedCapture captures, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, bool truncated)
    {
        ArgumentNullException.ThrowIfNull(captures);
        judged?.Conclude(diagnosis);
        form.Show(captures, [.. captures.Connections.Where(connection => (only ?? connection.Id) == connection.Id)], new TracedCapture(diagnosis, files, truncated));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        form.Dispose();
        foreach (Stream output in Outputs) output.Dispose();
    }
}
