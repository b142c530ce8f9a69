using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>What went wrong in a capture, and whose it is.</summary>
/// <param name="Totals">What the capture held.</param>
/// <param name="Connections">The connections with findings, in order of their numbers.</param>
public sealed record CaptureDiagnosis(CaptureTotals Totals, IReadOnlyList<ConnectionDiagnosis> Connections)
{
    /// <summary>What of the capture this tells of: all of it, or the part that was asked for.</summary>
    public CaptureTotals Judged { get; init; } = Totals;

    /// <summary>The main cause; absent when nothing is of severity warning or above.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>How many connections have no finding of severity warning or above.</summary>
    public long HealthyConnections { get; init; }

    /// <summary>What was found about a connection; empty when nothing was.</summary>
    public IReadOnlyList<Finding> FindingsOf(Connection connection) =>
        Connections.FirstOrDefault(diagnosed => diagnosed.Id == connection?.Id)?.Findings ?? [];

    /// <summary>How many more connections have findings than <see cref="Connections"/> holds.</summary>
    public long OmittedConnections { get; init; }
}
