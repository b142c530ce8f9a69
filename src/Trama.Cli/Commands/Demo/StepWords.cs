using Trama.Lab;
using Trama.Reports;

namespace Trama.Cli.Commands.Demo;

/// <summary>What the programs and the path did, in words.</summary>
internal static class StepWords
{
    /// <summary>Who did it.</summary>
    public static string Who(DemonstrationStep step, Language language) => step.Actor switch
    {
        Actor.Client => language.Pick("client", "cliente"),
        Actor.Server => language.Pick("server", "servidor"),
        _ => language.Pick("path", "caminho"),
    };

    /// <summary>What was done.</summary>
    public static string What(DemonstrationStep step, Language language) =>
        step.Actor == Actor.Path ? OfPath(step, language) : OfProgram(step, language);

    private static string OfProgram(DemonstrationStep step, Language language) => step.Action switch
    {
        "connected" => language.Pick("is connected", "está conectado"),
        "accepted" => language.Pick("accepts the connection", "aceita a conexão"),
        "writes" => language.Pick($"writes a message of {step.Bytes} bytes", $"escreve uma mensagem de {step.Bytes} bytes"),
        "has-read" => language.Pick($"has read a message of {step.Bytes} bytes", $"leu uma mensagem de {step.Bytes} bytes"),
        "end-of-stream" => language.Pick("sees the end of the other side's stream", "vê o fim do fluxo do outro lado"),
        "shutdown" => language.Pick("ends its own stream", "encerra seu próprio fluxo"),
        "close" => language.Pick("closes", "fecha"),
        "abort" => language.Pick("aborts the connection", "aborta a conexão"),
        "stops-reading" => language.Pick("stops reading", "para de ler"),
        "resumes-reading" => language.Pick("reads again", "volta a ler"),
        "application-timeout" => language.Pick("waits no longer", "não espera mais"),
        _ => language.Pick($"meets the error {step.Action}", $"recebe o erro {step.Action}"),
    };

    private static string OfPath(DemonstrationStep step, Language language)
    {
        string way = step.ToServer switch
        {
            true => language.Pick(" to the server", " para o servidor"),
            false => language.Pick(" to the client", " para o cliente"),
            null => "",
        };
        string packet = (step.Bytes > 0
            ? language.Pick($"a segment with {step.Bytes} bytes", $"um segmento com {step.Bytes} bytes")
            : language.Pick("a segment without payload", "um segmento sem dados")) + way;
        return step.Action switch
        {
            "drop" => language.Pick($"drops {packet}", $"descarta {packet}"),
            "hold" => language.Pick($"holds back {packet}", $"retém {packet}"),
            "duplicate" => language.Pick($"delivers {packet} twice", $"entrega {packet} duas vezes"),
            "forged-rst" => language.Pick($"forges RST{way}", $"forja RST{way}"),
            "icmp" => language.Pick("answers with ICMP destination unreachable", "responde com ICMP destino inalcançável"),
            "icmp-too-big" => language.Pick($"says by ICMP that {packet} is too large", $"diz por ICMP que {packet} é grande demais"),
            "translate" => language.Pick("gives the client another port", "dá outra porta ao cliente"),
            "vanish" => step.ToServer == true ? language.Pick("loses the client's host", "perde o host do cliente")
                : language.Pick("loses the server's host", "perde o host do servidor"),
            "blackout" => language.Pick("breaks", "se rompe"),
            _ => step.Action,
        };
    }
}
