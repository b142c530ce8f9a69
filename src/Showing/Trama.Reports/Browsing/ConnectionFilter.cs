using Trama.Diagnosis;
using Trama.Tracing;

namespace Trama.Reports.Browsing;

/// <summary>Tells which connections belong to a choice.</summary>
/// <param name="choice">The choice.</param>
/// <param name="findingsOf">What was found about a connection.</param>
/// <param name="withExchanges">The connections that have a chosen exchange; null when that is not asked for.</param>
internal sealed class ConnectionFilter(
    BrowsingChoice choice, Func<long, IReadOnlyList<Finding>> findingsOf, HashSet<long>? withExchanges)
{
    private readonly TextSearch? _search = choice.Search.Length > 0 ? new TextSearch(choice.Search) : null;

    /// <summary>Whether a connection belongs to the choice.</summary>
    public bool Holds(BrowsedConnection row)
    {
        Connection connection = row.Connection;
        if (choice.Connection is { } only && connection.Id != only) return false;
        if (choice.Server is { } server && connection.Server != server) return false;
        if (row.LastAt < choice.From || connection.OpenedAt >= choice.To) return false;
        if (withExchanges?.Contains(connection.Id) == false && (choice.NeedsExchanges || _search is null
            || !IsFound(connection, findingsOf(connection.Id), _search))) return false;
        return !choice.FaultsOnly || IsFaulty(row, findingsOf(connection.Id));
    }

    /// <summary>Whether something went wrong on a connection.</summary>
    public static bool IsFaulty(BrowsedConnection row, IReadOnlyList<Finding> findings) =>
        row.Faulty > 0 || findings is [{ Severity: > Severity.Info }, ..];

    /// <summary>Whether a text means a connection: an address, a process, a layer, or the name of what was found about it.</summary>
    public static bool IsFound(Connection connection, IReadOnlyList<Finding> findings, TextSearch search) =>
        IsNamed(connection, search) || findings.Any(finding => search.IsIn(FindingNames.Of(finding.Id)));

    private static bool IsNamed(Connection connection, TextSearch search) =>
        search.IsIn(connection.Client.ToString()) || search.IsIn(connection.Server.ToString())
        || connection.Layers.Any(search.IsIn) || search.IsIn(connection.Tls?.ServerName)
        || search.IsIn(connection.Process(Side.Client)?.Command) || search.IsIn(connection.Process(Side.Server)?.Command);
}
