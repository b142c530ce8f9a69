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
    public IReadOnlyList<Finding> FindingsOf(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        (int from, int to) = (0, Connections.Count);
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (Connections[middle].Id < connection.Id) from = middle + 1;
            else to = middle;
        }

        return from < Connections.Count && Connections[from].Id == connection.Id ? Connections[from].Findings : [];
    }

    /// <summary>How many more connections have findings than <see cref="Connections"/> holds.</summary>
    public long OmittedConnections { get; init; }
}
