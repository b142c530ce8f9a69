using Trama.Reports;
using Trama.Scrubbing.Checking;

namespace Trama.Cli.Commands.Scrubbing;

/// <summary>What would differ after a scrub, in words.</summary>
internal static class DifferenceWords
{
    /// <summary>The words.</summary>
    public static string Of(ShapeDifference difference, Language language) => difference.Part switch
    {
        ShapePart.Verdict => language.Pick("the verdict", "o veredito"),
        ShapePart.Exchange => language.Pick(
            $"exchange {difference.Exchange} of connection {difference.Connection} (protocol, size, time or outcome)",
            $"a troca {difference.Exchange} da conexão {difference.Connection} (protocolo, tamanho, tempo ou desfecho)"),
        ShapePart.Count => language.Pick($"the number of exchanges of connection {difference.Connection}",
            $"o número de trocas da conexão {difference.Connection}"),
        ShapePart.Findings => language.Pick($"what went wrong on connection {difference.Connection}",
            $"o que deu errado na conexão {difference.Connection}"),
        _ => language.Pick($"connection {difference.Connection} (its state, times or counts)",
            $"a conexão {difference.Connection} (seu estado, tempos ou contagens)"),
    };
}
