using System.CommandLine;
using Trama.Cli.CommandLine;
using Trama.Reports.Forms;
using Trama.Tracing;

namespace Trama.Cli.Reporting;

/// <summary><c>--threads</c>: how many threads follow the connections of a capture.</summary>
/// <param name="command">The command that it is added to.</param>
internal sealed class ThreadsOption(BilingualCommand command)
{
    private readonly Option<long?> _threads = command.Number("--threads", "N", 1, ConnectionTracker.Shards,
        "How many threads follow the connections (default: as many as processors); the output is the same with any",
        "Quantas threads acompanham as conexões (padrão: tantas quantos processadores); a saída é a mesma com qualquer número");

    /// <summary>How many are to follow what a report shows (<see cref="TracingOptions.Threads"/>).</summary>
    public int Of(OptionValues values, Report report) => !report.IsSharded ? 0
        : (int)(values.Of(_threads) ?? Math.Min(Environment.ProcessorCount, ConnectionTracker.Shards));
}
