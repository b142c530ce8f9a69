using System.Collections.Frozen;
using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Diagnosis.Joined;
using Trama.Packets;
using Trama.Reports;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Cli.Reporting;

/// <summary>
/// Two capture files that were taken at the same time at two places. Two files are that when both have the same packets of a
/// connection, or one of them is empty; otherwise they are read one after the other.
/// </summary>
internal sealed class TwoCaptures(TraceInput input, Language language)
{
    // Where two captures have anything in common, they have it early.
    private const int PacketsLookedAt = 200_000;
    private const int SegmentsLookedAt = 64;

    private bool _isRead;

    /// <summary>Whether a file ended before its end.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Whether the files are two vantage points.</summary>
    /// <exception cref="UserError">They are one and the same capture, or one of several is named twice.</exception>
    public bool AreTwoPlaces()
    {
        if (input.Files.Count > 2 && input.Files.CountBy(file => file).FirstOrDefault(named => named.Value > 1).Key is { } twice)
            throw new UserError(language.Pick($"{twice} is named twice; name it once", $"{twice} aparece duas vezes; informe-a uma só vez"),
                ExitCode.Usage);
        // Only files can be read twice.
        if (input.Files is not [string first, string second] || !CaptureFiles.CanBeReadAgain(first)
            || !CaptureFiles.CanBeReadAgain(second)) return false;
        var joined = JoinedCapture.Of(Glance(first), Glance(second));
        if (!joined.IsOnePlace) return joined.AreTwoPlaces;
        throw new UserError(language.Pick(
            $"{first} and {second} are the same capture: every packet has the same time in both; name it once",
            $"{first} e {second} são a mesma captura: cada pacote tem a mesma hora nas duas; informe-a uma só vez"));
    }

    /// <summary>Says, where two files are given, that they have nothing in common.</summary>
    public void TellIfUnrelated()
    {
        if (input.Files is not [string first, string second]) return;
        if (first == "-" || second == "-")
            Console.Error.WriteLine(
                language.Pick("standard input is not compared with the other capture, only two files are; each is diagnosed alone",
                "a entrada padrão não é comparada com a outra captura, só dois arquivos são; cada uma é diagnosticada sozinha"));
        else
            Console.Error.WriteLine(language.Pick($"{first} and {second} share no connection; each is diagnosed alone",
                $"{first} e {second} não têm conexão em comum; cada uma é diagnosticada sozinha"));
    }

    /// <summary>Reads both, joins them, and says what went wrong.</summary>
    /// <param name="first">What to keep of the first.</param>
    /// <param name="second">What to keep of the second.</param>
    public (JoinedCapture Captures, CaptureDiagnosis Diagnosis) Join(TracingOptions first, TracingOptions second)
    {
        var vantages = new VantagePoint[2];
        var alone = new CaptureDiagnosis[2];
        for (int i = 0; i < vantages.Length; i++)
        {
            var diagnoser = new Diagnoser();
            vantages[i] = new VantagePoint(diagnoser);
            var file = new TraceInput(language)
            {
                Files = [input.Files[i]],
                Filter = input.Filter,
                Keys = input.Keys,
                Companions = input.Files,
                IsReadAgain = _isRead
            };
            var tracker = new ConnectionTracker((i == 0 ? first : second) with { Owners = file.Owners }, vantages[i]);
            file.Run(tracker, () => { });
            tracker.Complete();
            vantages[i].Totals = tracker.Totals;
            alone[i] = diagnoser.Conclude(tracker.Totals);
            IsTruncated |= file.IsTruncated;
        }

        _isRead = true;
        var captures = JoinedCapture.Of(vantages[0], vantages[1], first.Threads);
        return (captures, JoinedDiagnoser.Judge(captures, alone[0], alone[1]));
    }

    private static VantagePoint Glance(string path)
    {
        var vantage = new VantagePoint();
        var tracker = new ConnectionTracker(new TracingOptions { KeptSegments = SegmentsLookedAt, ExchangesOf = FrozenSet<long>.Empty },
            vantage);
        using CaptureFile file = CaptureFile.Open(path);
        while (tracker.Totals.Packets < PacketsLookedAt && file.TryRead(out Record record)) tracker.Observe(record);
        tracker.Complete();
        vantage.Totals = tracker.Totals;
        return vantage;
    }
}
