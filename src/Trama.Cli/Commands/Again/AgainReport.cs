using Trama.Diagnosis;
using Trama.Lab.Reenacting;
using Trama.Replay.Again;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Cli.Commands.Again;

/// <summary>What was built, what was assumed, and how what happened again compares with what was captured.</summary>
internal sealed class AgainReport(Language language)
{
    private const int NameWidth = 26, ValueWidth = 22;

    /// <summary>Writes what was built, and what was assumed.</summary>
    /// <param name="scene">What was built.</param>
    /// <param name="path">Where the capture was taken; null for both hosts.</param>
    public void Write(Scene scene, PathGuess? path)
    {
        Console.Out.WriteLine(Built(scene));
        Console.Out.WriteLine(path is { } guess ? Assumed(guess) : Known());
    }

    /// <summary>Writes how what the server's host saw compares.</summary>
    /// <param name="captured">What was captured.</param>
    /// <param name="again">What happened again.</param>
    /// <param name="isChanged">Whether something was changed.</param>
    public void WriteServer(SeenCapture captured, SeenCapture again, bool isChanged)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine(language.Pick("At the server's host:", "No host do servidor:"));
        Write(captured, again, isChanged);
    }

    /// <summary>Writes how what happened compares.</summary>
    /// <param name="captured">What was captured.</param>
    /// <param name="again">What happened again.</param>
    /// <param name="isChanged">Whether something was changed.</param>
    public void Write(SeenCapture captured, SeenCapture again, bool isChanged)
    {
        TextWriter output = Console.Out;
        output.WriteLine();
        Row(output, "", language.Pick("captured", "capturado"),
            isChanged ? language.Pick("changed", "mudado") : language.Pick("again", "de novo"));
        Row(output, language.Pick("connection", "conexão"), State(captured), State(again));
        Row(output, language.Pick("exchanges", "trocas"), $"{captured.Exchanges.Count}", $"{again.Exchanges.Count}");
        Row(output, language.Pick("failed", "com falha"), $"{Failed(captured)}", $"{Failed(again)}");
        Row(output, language.Pick("sent again, each side", "reenvios, cada lado"), Repeats(captured), Repeats(again));
        Row(output, language.Pick("longest server time", "maior tempo do servidor"), Longest(captured, exchange => exchange.ServerNs),
            Longest(again, exchange => exchange.ServerNs));
        Row(output, language.Pick("longest exchange", "maior troca"), Longest(captured, exchange => exchange.TotalNs),
            Longest(again, exchange => exchange.TotalNs));
        Row(output, language.Pick("main finding", "achado principal"), MainFinding(captured), MainFinding(again));
        if (isChanged || MainFinding(captured) == MainFinding(again)) return;
        output.WriteLine();
        output.WriteLine(language.Pick(
            "The finding differs: what this capture shows of the path and the programs was not enough to bring it back.",
            "O achado difere: o que esta captura mostra do caminho e dos programas não bastou para trazê-lo de volta."));
    }

    private string Built(Scene scene)
    {
        int lost = scene.Fates.Count(fate => fate.Lost > 0), held = scene.Fates.Count(fate => fate.HoldNs > 0),
            copied = scene.Fates.Count(fate => fate.CopyAfterNs > 0);
        string way = DurationText.Of(scene.RoundTripNs, language);
        string rate = scene.BitsPerSecond is { } bits ? $"{bits / 1e6:F1} Mbit/s" : language.Pick("no limit seen", "nenhum limite visto");
        return language.Pick(
            $"Built: round trip {way}; rate: {rate}; places of the streams that are lost: {lost}, held back: {held}, copied: {copied}.",
            $"Construído: ida e volta {way}; taxa: {rate}; pontos dos fluxos perdidos: {lost}, retidos: {held}, copiados: {copied}.");
    }

    private string Known() => language.Pick(
        "Known, from two captures: which transmissions arrived and which overtook which, and what each program did when, beside it. "
            + "Assumed: the way is as long in both directions; this machine's kernel, its timers and congestion control stand for both "
            + "hosts'.",
        "Sabido, de duas capturas: quais transmissões chegaram e quais ultrapassaram quais, e o que cada programa fez e quando, junto "
            + "dele. Suposto: o caminho é igual nos dois sentidos; o kernel desta máquina, seus temporizadores e controle de "
            + "congestionamento valem pelos dos dois hosts.");

    private string Assumed(PathGuess path)
    {
        string place = path.IsAtClient ? language.Pick("the client", "do cliente") : language.Pick("the server", "do servidor");
        string measured = path.IsMeasured
            ? language.Pick($"by the handshake the capture was taken nearer to {place}",
                $"pelo handshake, a captura foi feita mais perto {place}")
            : language.Pick($"without a whole handshake, the capture is taken as made beside {place}",
                $"sem um handshake inteiro, a captura é tida como feita ao lado {place}");
        return language.Pick(
            $"Assumed, from one capture: {measured}; the way is as long in both directions; what was sent again was lost beyond the "
                + "capture; this machine's kernel, its timers and congestion control stand for both hosts'.",
            $"Suposto, de uma só captura: {measured}; o caminho é igual nos dois sentidos; o que foi reenviado se perdeu além da captura; "
                + "o kernel desta máquina, seus temporizadores e controle de congestionamento valem pelos dos dois hosts.");
    }

    private static void Row(TextWriter output, string name, string captured, string again) =>
        output.WriteLine($"{name,-NameWidth}{captured,-ValueWidth}{again}".TrimEnd());

    private string State(SeenCapture capture) => capture.Seen?.Connection.State switch
    {
        ConnectionState.Closed => language.Pick("closed", "fechada"),
        ConnectionState.Reset => language.Pick("reset", "resetada"),
        ConnectionState.Refused => language.Pick("refused", "recusada"),
        ConnectionState.Unanswered => language.Pick("unanswered", "sem resposta"),
        ConnectionState.Partial => language.Pick("partial", "parcial"),
        ConnectionState.Open => language.Pick("open", "aberta"),
        _ => "-",
    };

    private static int Failed(SeenCapture capture) => capture.Exchanges.Count(exchange => exchange.Failed == true);

    private static string Repeats(SeenCapture capture) => capture.Seen is { Connection: var connection }
        ? $"{connection.ToServer.Retransmissions} + {connection.ToClient.Retransmissions}" : "-";

    private string Longest(SeenCapture capture, Func<SeenExchange, long?> time) =>
        capture.Exchanges.Max(time) is { } longest ? DurationText.Of(longest, language) : "-";

    private static string MainFinding(SeenCapture capture) =>
        capture.Findings is [{ Severity: >= Severity.Warning } finding, ..] ? FindingNames.Of(finding.Id) : "-";
}
