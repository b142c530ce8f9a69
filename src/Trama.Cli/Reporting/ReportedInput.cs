using System.Runtime;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Reports;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Choosing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Reporting;

/// <summary>Reads what a command line names and shows it in a report: one capture, or two of the same connections as one.</summary>
internal sealed class ReportedInput(TraceInput input, Report report, Language language)
{
    /// <summary>What the tracker is to do beside what the report needs of it.</summary>
    public Func<TracingOptions, TracingOptions> Adjust { get; init; } = options => options;

    /// <summary>Whether it is told when two files have nothing in common, or no packet passed the filter.</summary>
    public bool TellsOfNothing { get; init; }

    /// <summary>Whether a file ended before its end.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Reads and shows everything.</summary>
    /// <returns>What was found.</returns>
    /// <exception cref="UserError">There is nothing to show.</exception>
    public CaptureDiagnosis Show()
    {
        var captures = new TwoCaptures(input, language);
        if (captures.AreTwoPlaces()) return ShowJoined(captures);
        if (TellsOfNothing) captures.TellIfUnrelated();
        input.ShowsAsItGoes = report.ShowsAsItGoes;
        TracingOptions options = Options(report.Needs);
        input.AwaitsOwners = report.AwaitsOwners(options);
        var tracker = new ConnectionTracker(options, report.Sink);
        input.Run(tracker, report.Flush);
        tracker.Complete();
        IsTruncated = input.IsTruncated;
        input.ThrowIfNoTcp(tracker.Totals);
        // A file that ended early was told of already.
        if (!IsTruncated || tracker.Totals.Connections > 0) ThrowIfMissing(tracker.Totals.Connections);
        if (TellsOfNothing && tracker.Totals.Packets == 0 && input.Filter.Length > 0)
            Console.Error.WriteLine(language.Pick($"no packet passed the filter '{input.Filter}'",
                $"nenhum pacote passou pelo filtro '{input.Filter}'"));
        CaptureDiagnosis diagnosis = report.End(tracker.Totals, input.Files, IsTruncated, alone => WithBothSides(alone, options));
        input.Keys?.Conclude(tracker.Totals.Tls);
        return diagnosis;
    }

    // Where one file shows both sides of a device, what the two prove together is worth reading it again.
    private CaptureDiagnosis WithBothSides(CaptureDiagnosis alone, TracingOptions options)
    {
        if (input.Files.Count == 0 || !input.Files.All(CaptureFiles.CanBeReadAgain) || BothSides.Of(alone) is not { } sides) return alone;
        var again = new TraceInput(language) { Files = input.Files, Filter = input.Filter, Keys = input.Keys, IsReadAgain = true };
        var tracker = new ConnectionTracker(
            JoinedDiagnoser.Options with { Framing = options.Framing, Keys = input.Keys?.Keys, Owners = again.Owners }, sides);
        again.Run(tracker, () => { });
        tracker.Complete();
        return sides.Conclude(tracker.Totals);
    }

    private TracingOptions Options(TracingOptions needs) => Adjust(needs) with { Keys = input.Keys?.Keys, Owners = input.Owners };

    private CaptureDiagnosis ShowJoined(TwoCaptures captures)
    {
        // Nobody waits meanwhile: to collect beside the work costs a fifth more.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        TracingOptions options = Options(report.JoinedNeeds);
        (TracingOptions first, TracingOptions second) = (options, options);
        if (options.Where is { } where)
        {
            TracingOptions all = options with { Where = null, ExchangesOf = null, KeepExchanges = true, KeepWords = true };
            (ExchangeCondition ofFirst, ExchangeCondition ofSecond) = JoinedChoice.Of(captures.Join(all, all).Captures, where);
            (first, second) = (options with { Where = ofFirst }, options with { Where = ofSecond });
        }

        (JoinedCapture joined, CaptureDiagnosis diagnosis) = captures.Join(first, second);
        ThrowIfMissing(joined.Connections.Count);
        if (diagnosis.Connections.Count > 0 && report.NeedsOfFound(options) is { } more)
        {
            long[] found = [.. diagnosis.Connections.Select(connection => connection.Id)];
            more = more with { KeepExchanges = true };
            (joined, diagnosis) = captures.Join(
                more with { ExchangesOf = joined.NumbersOf(found, inFirst: true), Where = first.Where },
                more with { ExchangesOf = joined.NumbersOf(found, inFirst: false), Where = second.Where });
        }

        IsTruncated = captures.IsTruncated;
        return report.Show(joined, diagnosis, input.Files, IsTruncated);
    }

    private void ThrowIfMissing(long connections)
    {
        if (report.Selection.Only is { } asked && asked > connections) throw MissingConnection.Error(asked, connections, language);
    }
}
