using System.Globalization;
using System.Net;
using System.Text;
using Trama.Cli.ThisProcess;
using Trama.Diagnosis;
using Trama.Framing;
using Trama.Packets.Transport;
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

    // One segment in so many, sent again, is what paths do.
    private const int FewAmong = 1000;

    /// <summary>The lines.</summary>
    /// <param name="diagnosis">What was found.</param>
    /// <param name="run">What was run.</param>
    /// <param name="isAll">Whether a form that shows more was asked for already.</param>
    public string Text(CaptureDiagnosis diagnosis, ICommandRun run, bool isAll)
    {
        var text = new StringBuilder("trama: ");
        CaptureTotals totals = diagnosis.Totals;
        Finding[] all = [.. diagnosis.Connections.SelectMany(connection => connection.Findings)
            .Where(finding => finding.Severity > Severity.Info)];
        text.Append(CountWords.Connections(totals.Connections, language)).Append(", ")
            .Append(CountWords.Exchanges(totals.Exchanges, language));
        if (totals.Tls.Encrypted > 0) text.Append(Tls(totals.Tls));
        text.Append(", ").Append(CountWords.Findings(all.Length, language)).Append('\n');
        Findings(text, diagnosis, run);
        IEnumerable<PathNote> paths = run.Paths?.All ?? [];
        foreach (PathNote path in paths.Where(IsWorthTelling).OrderByDescending(path => path.Retransmitted).Take(MostPaths))
        {
            string place = Place(path.Server, run), roundTrip = DurationText.Of((long)path.RoundTrip.TotalNanoseconds, language);
            text.Append(language.Pick(
                $"trama: the real path to {place}: {CountWords.Segments(path.Retransmitted, language)} sent again, rtt {roundTrip}\n",
                $"trama: o caminho real até {place}: reenvio de {CountWords.Segments(path.Retransmitted, language)}, "
                    + $"rtt {roundTrip}\n"));
        }

        text.Append(run.Datagrams?.Text(language)).Append(run.UnixSockets?.Text(language));
        if (run.WithoutHandle > 0) text.Append(language.Pick(
            $"trama: no file handle was left here (ulimit -n) {run.WithoutHandle} times when the command connected: it had to try again "
                + "later, which is not the network's doing\n",
            $"trama: faltou descritor de arquivo aqui (ulimit -n) {run.WithoutHandle} vezes quando o comando conectou: ele teve de tentar "
                + "de novo mais tarde, e disso a rede não tem culpa\n"));
        if (run.Dropped > 0) text.Append(language.Pick(
            $"trama: {run.Dropped} packets were too fast for the report and are missing from it\n",
            $"trama: {run.Dropped} pacotes foram rápidos demais para o relatório e faltam nele\n"));
        if (all.Length > 0 && !isAll) text.Append(language.Pick("trama: again with --ladder, --html FILE, --pcapng FILE\n",
            "trama: de novo com --ladder, --html ARQUIVO, --pcapng ARQUIVO\n"));
        return text.ToString();
    }

    private void Findings(StringBuilder text, CaptureDiagnosis diagnosis, ICommandRun run)
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
            text.Append(CultureInfo.InvariantCulture,
                $"{Place(connection.Server, run)}: {FindingWords.Text(finding, language, Terminal.AsciiOnly)}");
            if (group.Count() > 1) text.Append(language.Pick($" ({group.Count()} times)", $" ({group.Count()} vezes)"));
            text.Append('\n');
        }

        if (groups.Length > MostFindings) text.Append(language.Pick($"  and {groups.Length - MostFindings} more (--diagnose)\n",
            $"  e mais {groups.Length - MostFindings} (--diagnose)\n"));
    }

    private static string Place(Endpoint server, ICommandRun run) =>
        run.Names.Of(server.Address) is { } name ? $"{VisibleText.Of(name)} ({server})" : server.ToString();

    // Of this machine's own loopback no wire loses anything: the kernel's timers are early on a busy machine.
    private static bool IsWorthTelling(PathNote path) =>
        path.Retransmitted * FewAmong > path.Sent && !IPAddress.IsLoopback(IPAddress.Parse(path.Server.Address.ToString()));

    private string Tls(TlsTotals tls) => tls.Decrypted == tls.Encrypted
        ? language.Pick($" ({tls.Encrypted} by TLS, decrypted)", $" ({tls.Encrypted} por TLS, decifradas)")
        : language.Pick($" ({tls.Encrypted} by TLS, {tls.Decrypted} decrypted)", $" ({tls.Encrypted} por TLS, {tls.Decrypted} decifradas)");
}
