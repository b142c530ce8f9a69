using System.Text;
using Trama.Captures;
using Trama.Diagnosis.Joined;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Tests.Score;

/// <summary>What the diagnosis made of a case.</summary>
internal sealed record ScoredCase(LabelledCase Case, string Label, string Party, string All)
{
    /// <summary>What a capture without a verdict is called.</summary>
    public const string Clean = "clean";

    /// <summary>Whether cause and party are among the right answers; silence where nothing shows.</summary>
    public bool IsRight => Case.Visibility == "none" ? Label == Clean : Case.Labels.Contains(Label)
        && (Label == Clean || Case.Parties.Contains(Party));

    /// <summary>Whether they are the best answers.</summary>
    public bool IsBest => IsRight && (Case.Visibility == "none" || Label == Clean || (Label == Case.Labels[0] && Party == Case.Parties[0]));

    public static ScoredCase Of(LabelledCase labelled)
    {
        CaptureDiagnosis diagnosis = labelled.Vantage == LabelledCase.Both ? DiagnoseBoth(labelled.Capture) : Diagnose(labelled.Capture);
        string all = string.Join("; ", diagnosis.Connections.Take(8)
            .Select(c => $"#{c.Id}: " + string.Join(", ", c.Findings.Select(Describe))));
        return diagnosis.Verdict is { Finding: var finding }
            ? new ScoredCase(labelled, Kebab(finding.Id), Kebab(finding.Party), all)
            : new ScoredCase(labelled, Clean, "none", all);
    }

    /// <summary>One capture alone.</summary>
    /// <param name="capture">The file.</param>
    /// <param name="snapLength">How many bytes of each packet are looked at.</param>
    public static CaptureDiagnosis Diagnose(string capture, int snapLength = int.MaxValue)
    {
        var diagnoser = new Diagnoser();
        return diagnoser.Conclude(Track(capture, Diagnoser.Options, diagnoser, snapLength));
    }

    /// <summary>Both captures in a folder, as one.</summary>
    public static CaptureDiagnosis DiagnoseBoth(string folder)
    {
        var diagnosers = new Diagnoser[] { new(), new() };
        var vantages = new VantagePoint[2];
        var alone = new CaptureDiagnosis[2];
        for (int i = 0; i < 2; i++)
        {
            vantages[i] = new VantagePoint(diagnosers[i]);
            vantages[i].Totals = Track(Path.Combine(folder, i == 0 ? "client.pcap" : "server.pcap"), JoinedDiagnoser.Options, vantages[i]);
            alone[i] = diagnosers[i].Conclude(vantages[i].Totals);
        }

        return JoinedDiagnoser.Judge(JoinedCapture.Of(vantages[0], vantages[1]), alone[0], alone[1]);
    }

    private static CaptureTotals Track(string capture, TracingOptions options, ITraceSink sink, int snapLength = int.MaxValue)
    {
        var tracker = new ConnectionTracker(options, sink);
        using (var file = CaptureFile.Open(capture))
        {
            while (file.TryRead(out Packets.Record record))
            {
                ReadOnlySpan<byte> bytes = record.Bytes[..Math.Min(record.Bytes.Length, snapLength)];
                tracker.Observe(new Packets.Record(record.Timestamp, record.LinkType, bytes, record.OriginalLength, record.InterfaceId));
            }
        }

        tracker.Complete();
        return tracker.Totals;
    }

    public static string Describe(Finding finding) =>
        $"{Kebab(finding.Id)}/{finding.Kind}({Kebab(finding.Party)},{Kebab(finding.Severity)}; "
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
