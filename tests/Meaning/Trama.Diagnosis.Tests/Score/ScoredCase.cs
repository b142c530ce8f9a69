using System.Text;
using Trama.Captures;
using Trama.Diagnosis.Joined;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>What the diagnosis made of a case.</summary>
internal sealed record ScoredCase(LabelledCase Case, string Label, string Party, Confidence? Confidence, string All)
{
    /// <summary>What a capture without a verdict is called.</summary>
    public const string Clean = "clean";

    /// <summary>Findings of warning and above that the case says are wrong.</summary>
    public required IReadOnlyList<string> Forbidden { get; init; }

    /// <summary>Whether cause and party are among the right answers; silence where nothing shows.</summary>
    public bool IsRight => Outcome == CaseOutcome.Right;

    /// <summary>How the verdict stands to the truth.</summary>
    public CaseOutcome Outcome
    {
        get
        {
            if (Forbidden.Count > 0) return CaseOutcome.FalseAlarm;
            if (FitsLabels) return CaseOutcome.Right;
            if (Label == Clean) return Case.Distortion is { IsLossy: true } ? CaseOutcome.Right : CaseOutcome.Missed;
            return Case.Visibility == "none" || Case.Labels.All(label => label == Clean) ? CaseOutcome.FalseAlarm : CaseOutcome.Wrong;
        }
    }

    private bool FitsLabels => Case.Visibility == "none" ? Label == Clean
        : Case.Labels.Contains("*")
            || (Case.Labels.Contains(Label) && (Label == Clean || Case.Parties.Contains("*") || Case.Parties.Contains(Party)));

    /// <summary>Whether they are the best answers.</summary>
    public bool IsBest => IsRight && (Case.Visibility == "none" || Label == Clean || (Label == Case.Labels[0] && Party == Case.Parties[0]));

    public static ScoredCase Of(LabelledCase labelled)
    {
        CaptureDiagnosis diagnosis = labelled.Vantage == LabelledCase.Both ? DiagnoseBoth(labelled.Capture)
            : Diagnose(labelled.Capture, distortion: labelled.Distortion);
        string all = string.Join("; ", diagnosis.Connections.Take(8)
            .Select(c => $"#{c.Id}: " + string.Join(", ", c.Findings.Select(Describe))));
        Finding? verdict = diagnosis.Verdict?.Finding;
        return new ScoredCase(labelled, verdict is null ? Clean : Kebab(verdict.Id), verdict is null ? "none" : Kebab(verdict.Party),
            verdict?.Confidence, all)
        {
            Forbidden = [.. diagnosis.Connections.SelectMany(c => c.Findings).Where(f => f.Severity >= Severity.Warning).Select(f =>
                Kebab(f.Id))
                .Distinct().Intersect(labelled.Never)],
        };
    }

    /// <summary>One capture alone.</summary>
    /// <param name="capture">The file.</param>
    /// <param name="snapLength">How many bytes of each packet are looked at.</param>
    /// <param name="distortion">What is done to it before; null for nothing.</param>
    public static CaptureDiagnosis Diagnose(string capture, int snapLength = int.MaxValue, Distortion? distortion = null)
    {
        var diagnoser = new Diagnoser();
        return diagnoser.Conclude(Track(capture, Diagnoser.Options, diagnoser, snapLength, distortion));
    }

    /// <summary>Both captures in a folder, as one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="threads">How many threads look; 0 for this one, without shards.</param>
    public static CaptureDiagnosis DiagnoseBoth(string folder, int threads = 0)
    {
        TracingOptions options = JoinedDiagnoser.Options with { Threads = threads };
        var diagnosers = new Diagnoser[] { new(), new() };
        var vantages = new VantagePoint[2];
        var alone = new CaptureDiagnosis[2];
        for (int i = 0; i < 2; i++)
        {
            vantages[i] = new VantagePoint(diagnosers[i]);
            vantages[i].Totals = Track(Path.Combine(folder, i == 0 ? "client.pcap" : "server.pcap"), options, vantages[i]);
            alone[i] = diagnosers[i].Conclude(vantages[i].Totals);
        }

        return JoinedDiagnoser.Judge(JoinedCapture.Of(vantages[0], vantages[1], threads), alone[0], alone[1]);
    }

    private static CaptureTotals Track(string capture, TracingOptions options, ITraceSink sink, int snapLength = int.MaxValue,
        Distortion? distortion = null)
    {
        var tracker = new ConnectionTracker(options, sink);
        using (var file = CaptureFile.Open(capture))
        {
            var kept = new List<KeptRecord>();
            while (file.TryRead(out Packets.Record record))
            {
                if (distortion is not null)
                {
                    kept.Add(KeptRecord.Of(record));
                    continue;
                }

                ReadOnlySpan<byte> bytes = record.Bytes[..Math.Min(record.Bytes.Length, snapLength)];
                tracker.Observe(new Packets.Record(record.Timestamp, record.LinkType, bytes, record.OriginalLength, record.InterfaceId));
            }

            foreach (KeptRecord record in distortion?.Tell(kept) ?? []) tracker.Observe(record.AsRecord());
        }

        tracker.Complete();
        return tracker.Totals;
    }

    public static string Describe(Finding finding) =>
        $"{Kebab(finding.Id)}/{finding.Kind}({Kebab(finding.Party)},{Kebab(finding.Severity)},{Kebab(finding.Confidence)}; "
            + $"{string.Join(' ', finding.Facts.Select(f => $"{f.Name}={f.Value}"))}; @{string.Join(',', finding.Packets.Take(4))})";

    /// <summary>The name of an enumeration's value as JSON has it.</summary>
    public static string Kebab<T>(T value) where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (char c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
