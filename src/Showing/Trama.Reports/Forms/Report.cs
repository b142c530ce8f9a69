using System.Collections.Frozen;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports.Findings;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Forms;

/// <summary>Shows a capture, or two joined ones, in a form, and says what was found.</summary>
/// <param name="form">The form.</param>
/// <param name="judged">Judges the connections; null when nobody asks what went wrong.</param>
/// <param name="selection">The part to show.</param>
public sealed class Report(IForm form, JudgedConnections? judged, Selection selection) : IDisposable
{
    // What nobody asked for, the forms add.
    private static readonly TracingOptions s_shownAlone =
        Diagnoser.Options with
        {
            TellSegments = false,
            MaxPacketNumbers = 0,
            ExchangesOf = FrozenSet<long>.Empty,
            KeepWords = false,
        };

    /// <summary>What the form writes to, closed with it.</summary>
    public IReadOnlyList<Stream> Outputs { get; init; } = [];

    /// <summary>Whether it passes by on a terminal as packets are read.</summary>
    public bool ShowsAsItGoes { get; init; }

    /// <summary>The part that it shows.</summary>
    public Selection Selection => selection;

    /// <summary>Whether it looks for what went wrong.</summary>
    public bool Diagnoses => judged is not null;

    /// <summary>Whether several threads may follow the connections that it shows (<see cref="TracingOptions.Threads"/>).</summary>
    public bool IsSharded => selection.IsAll && form.IsSharded;

    /// <summary>
    /// Of connections whose processes become known only later: whether what is known of client and server is enough for what is asked
    /// for; null when nothing of them is.
    /// </summary>
    /// <param name="options">What the tracker is to do.</param>
    public Func<SideProcess?, SideProcess?, bool>? AwaitsOwners(TracingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Where is { NamesProcesses: true }) return (_, _) => false;
        return selection.Processes is { } chosen ? chosen.Includes : null;
    }

    /// <summary>What the tracker has to keep and tell.</summary>
    public TracingOptions Needs
    {
        get
        {
            TracingOptions needs = NeedsOfAll with { KeptOf = selection.Between };
            return selection.Only is { } id && needs.ExchangesOf is null ? needs with
            { ExchangesOf = FrozenSet.Create(id), KeptConnection = id } : needs;
        }
    }

    /// <summary>What the trackers of two captures that will be joined have to keep and tell.</summary>
    public TracingOptions JoinedNeeds => NeedsOfAll with
    {
        TellSegments = true,
        KeptSegments = JoinedDiagnoser.Options.KeptSegments,
        MaxKeptSegments = JoinedDiagnoser.Options.MaxKeptSegments,
        // What went wrong is told of exchanges as they come; kept they are for a form that shows them.
        KeepExchanges = form.Needs(s_shownAlone).ExchangesOf is null,
    };

    /// <summary>Takes what the tracker finds.</summary>
    public ITraceSink Sink
    {
        get
        {
            ITraceSink shown = selection.IsAll ? form.Sink : new SelectedSink(form.Sink, selection);
            if (judged is null) return shown;
            judged.Report = shown;
            return judged;
        }
    }

    private TracingOptions NeedsOfAll => form.Needs(Diagnoses ? Diagnoser.Options : s_shownAlone);

    /// <inheritdoc cref="IForm.NeedsOfFound"/>
    public TracingOptions? NeedsOfFound(TracingOptions first) => form.NeedsOfFound(first);

    /// <summary>Shows what was held back.</summary>
    public void Flush() => form.Flush();

    /// <summary>Shows the rest.</summary>
    /// <param name="totals">What the capture had.</param>
    /// <param name="files">The files it was in.</param>
    /// <param name="truncated">Whether one ended early.</param>
    /// <param name="reconsider">Says what another look at the capture shows beside what was found at first, if any.</param>
    /// <returns>What was found.</returns>
    public CaptureDiagnosis End(CaptureTotals totals, IReadOnlyList<string> files, bool truncated,
        Func<CaptureDiagnosis, CaptureDiagnosis>? reconsider = null)
    {
        CaptureDiagnosis diagnosis = new(totals, []);
        if (judged is not null)
        {
            diagnosis = judged.Diagnoser.Conclude(totals);
            diagnosis = selection.Of(reconsider?.Invoke(diagnosis) ?? diagnosis);
        }

        form.End(new TracedCapture(diagnosis, files, truncated));
        return diagnosis;
    }

    /// <summary>Shows two captures as one.</summary>
    /// <returns>What was found.</returns>
    public CaptureDiagnosis Show(JoinedCapture captures, CaptureDiagnosis diagnosis, IReadOnlyList<string> files, bool truncated)
    {
        ArgumentNullException.ThrowIfNull(captures);
        if (captures.Totals.FirstAt is { } first) selection.Between?.Begin(first);
        JoinedConnection[] shown = [.. captures.Connections.Where(selection.Has)];
        CaptureDiagnosis found = selection.Of(diagnosis, shown);
        judged?.Conclude(found);
        form.Show(captures, shown, new TracedCapture(found, files, truncated) { Between = selection.Between });
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        form.Dispose();
        foreach (Stream output in Outputs) output.Dispose();
    }
}
