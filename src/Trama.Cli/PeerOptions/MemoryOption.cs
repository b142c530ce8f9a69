using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Reports;

namespace Trama.Cli.PeerOptions;

/// <summary><c>--max-memory</c>: what all connections of a peer may hold together.</summary>
internal static class MemoryOption
{
    /// <summary>The option, with its help.</summary>
    public static Option<long> Create(Language language) => QuantityOptions.Size(language, "--max-memory", 256 << 20, language.Pick(
        "All connections hold no more than this together; then reading waits, and if none can go on, the one that holds most is "
            + "closed (default 256MiB)",
        "Todas as conexões juntas não guardam mais que isso; depois a leitura espera e, se nenhuma pode continuar, a que mais guarda é "
            + "fechada (padrão 256MiB)"));
}
