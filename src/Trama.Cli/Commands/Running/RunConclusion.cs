using System.Globalization;
using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Run;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>
/// The end of a run, in a few lines: how much there was, what went wrong and whose it is, and what the real paths were like.
/// </summary>
internal sealed class RunConclusion(Language language)
{
    private const int MostFindings = 8, MostPaths = 4;

    /// <summary>The lines.</summary>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="dropped">How many packets were too fast.</param>
    /// <param name="paths">What the real paths were like; empty where the packets are the wire's.</param>
    public string Text(CaptureDiagnosis diagnosis, long dropped, IReadOnlyCollection<PathNote> paths)
    {
        var text = new StringBuilder("trama: ");
        CaptureTotals totals = diagnosis.Totals;
        Finding[] all = [.. diagnosis.Connections.SelectMany(connection => connection.Findings)
            .Where(finding => finding.Severity > Severity.Info)];
        text.Append(CountWords.Connections(totals.Connections, language)).Append(", ")
            .Append(CountWords.Exchanges(totals.Exchanges, language));
        if (totals.Tls.Encrypted > 0) text.Append(Tls(totals.Tls));
        text.Append(", ").Append(CountWords.Findings(all.Length, language)).Append('\n');
        Findings(text, diagnosis);
        foreach (PathNote path in paths.Where(path => path.Retransmitted > 0).OrderByDescending(path => path.Retransmitted).Take(MostPaths))
        {
            string roundTrip = DurationText.Of((long)path.RoundTrip.TotalNanoseconds, language);
            text.Append(language.Pick(
                $"trama: the real path to {path.Server}: {CountWords.Segments(path.Retransmitted, language)} sent again, rtt {roundTrip}\n",
                $"trama: o caminho real até {path.Server}: reenvio de {CountWords.Segments(path.Retransmitted, language)}, "
                    + $"rtt {roundTrip}\n"));
        }

        if (dropped > 0) text.Append(language.Pick(
            $"trama: {dropped} packets were too fast for the report and are missing from it\n",
            $"trama: {dropped} pacotes foram rápidos demais para o relatório e faltam nele\n"));
        return text.ToString();
    }

    private void Findings(StringBuilder text, CaptureDiagnosis diagnosis)
    {
        var groups = diagnosis.Connections
            .SelectMany(connection => connection.Findings.Select(finding => (connection, finding)))
            .Where(pair => pair.finding.Severity > Severity.Info)
            .GroupBy(pair => (pair.finding.Id, pair.connection.Server))
            .OrderByDescending(group => group.Max(pair => pair.finding.Severity))
            .ToArray();
        foreach (var group in groups.Take(MostFindings))
        {
            (ConnectionDiagnosis connection, Finding finding) = group.First();
            text.Append(CultureInfo.InvariantCulture,
                $"  {(Terminal.AsciiOnly ? '*' : '●')} {FindingNames.Of(finding.Id)}, {FindingWords.Whose(finding.Party, language)}: ");
            text.Append(CultureInfo.InvariantCulture, $"{connection.Server}: {FindingWords.Text(finding, language, Terminal.AsciiOnly)}");
            if (group.Count() > 1) text.Append(language.Pick($" ({group.Count()} times)", $" ({group.Count()} vezes)"));
            text.Append('\n');
        }

        if (groups.Length > MostFindings) text.Append(language.Pick($"  and {groups.Length - MostFindings} more (--diagnose)\n",
            $"  e mais {groups.Length - MostFindings} (--diagnose)\n"));
    }

    private string Tls(TlsTotals tls) => tls.Decrypted == tls.Encrypted
        ? language.Pick($" ({tls.Encrypted} by TLS, decrypted)", $" ({tls.Encrypted} por TLS, decifradas)")
        : language.Pick($" ({tls.Encrypted} by TLS, {tls.Decrypted} decrypted)", $" ({tls.Encrypted} por TLS, {tls.Decrypted} decifradas)");
}
