using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Reports;

namespace Trama.Cli.Commands.Replaying;

/// <summary>What is told of a capture that is played again.</summary>
internal static class ReplayWords
{
    private const int MostNamed = 5;

    /// <summary>Says on standard error what is played, and what of it cannot be as it was.</summary>
    public static void Tell(RecordedServer server, IReadOnlyList<RecordedServer> all, long leftOut, Language language)
    {
        string protocols = string.Join(", ", server.Protocols);
        int connections = server.Connections.Count;
        Say($"{server.Endpoint}{In(protocols)}: " + language.Pick(
            $"{connections} connections, {server.Requests} requests, {server.Replies} with a reply",
            $"{connections} conexões, {server.Requests} pedidos, {server.Replies} com resposta") + Cut(server.CutReplies, language));
        RecordedServer[] others = [.. all.Where(other => !ReferenceEquals(other, server))];
        if (others.Length > 0)
        {
            string more = others.Length > MostNamed ? ", …" : "";
            string named = string.Join(", ", others.Take(MostNamed).Select(other => other.Endpoint)) + more;
            Say(language.Pick($"other servers of the capture are left out: {named} (--of)",
                $"outros servidores da captura ficam de fora: {named} (--of)"));
        }

        int sealedOnes = server.Connections.Count(connection => connection.IsSealed);
        int oneSided = server.Connections.Count(connection => connection.IsOneSided);
        if (sealedOnes > 0) Say(language.Pick(
            $"{sealedOnes} connections are encrypted and no key fits: sizes and times as seen, filler for what was said",
            $"{sealedOnes} conexões estão cifradas e nenhuma chave serve: tamanhos e tempos como vistos, enchimento no lugar do conteúdo"));
        if (oneSided > 0) Say(language.Pick($"of {oneSided} connections the capture has one direction only",
            $"de {oneSided} conexões a captura tem uma só direção"));
        long missing = server.Connections.Sum(connection => connection.MissingBytes);
        if (missing > 0) Say(language.Pick($"{missing} bytes are missing from the capture; filler stands for them",
            $"faltam {missing} bytes na captura; um enchimento os substitui"));
        if (leftOut > 0) Say(language.Pick($"{leftOut} messages are left out, since all together are too large",
            $"{leftOut} mensagens ficam de fora, pois todas juntas são grandes demais"));
        if (server.Replies == 0) Say(language.Pick("there is no reply in it: whoever asks will hear nothing",
            "não há nenhuma resposta nela: quem perguntar não ouvirá nada"));
        string[] asRecorded = [.. server.Protocols.Where(protocol => !AdaptedProtocols.Include(protocol))];
        if (asRecorded.Length > 0) Say(language.Pick(
            $"{string.Join(", ", asRecorded)}: as recorded, identifiers and addresses within included",
            $"{string.Join(", ", asRecorded)}: como gravado, inclusive identificadores e endereços internos"));
    }

    // They are said as far as they go, and whoever asks again has nothing to compare with.
    private static string Cut(int replies, Language language) => replies == 0 ? "" : language.Pick(
        $", {replies} of them cut off by the end of the capture: said so far, and not compared",
        $", {replies} delas cortadas pelo fim da captura: ditas até ali, e não comparadas");

    private static string In(string protocols) => protocols.Length == 0 ? "" : $" ({protocols})";

    private static void Say(string line) => Console.Error.WriteLine($"trama: {line}");
}
