using Trama.Diagnosis;
using Trama.Packets.Transport;

namespace Trama.Reports.Findings;

/// <summary>Connections to one server with the same main finding; told once, by the example of one of them.</summary>
/// <param name="Example">The one that is shown.</param>
/// <param name="Numbers">The numbers of all of them, rising.</param>
public sealed record ConnectionGroup(ConnectionDiagnosis Example, IReadOnlyList<long> Numbers)
{
    /// <summary>Its main finding.</summary>
    public Finding Main => Example.Findings[0];

    /// <summary>What its connections have in common, and no others: it is known by this when more of them come.</summary>
    public object Likeness => LikenessOf(Example);

    /// <summary>All groups of a diagnosis: that of the verdict first, then the worst, then the largest.</summary>
    public static IReadOnlyList<ConnectionGroup> Of(CaptureDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        return
        [
            .. diagnosis.Connections
                .Where(connection => connection.Findings.Count > 0)
                .GroupBy(LikenessOf)
                .Select(alike => new ConnectionGroup(ExampleOf(alike, diagnosis.Verdict),
                    [.. alike.Select(connection => connection.Id).Order()]))
                .OrderByDescending(group => ReferenceEquals(group.Main, diagnosis.Verdict?.Finding))
                .ThenByDescending(group => group.Main.Severity)
                .ThenByDescending(group => group.Numbers.Count)
                .ThenBy(group => group.Numbers[0]),
        ];
    }

    private static (FindingId, Party, FindingKind, Severity, Endpoint) LikenessOf(ConnectionDiagnosis connection)
    {
        Finding main = connection.Findings[0];
        return (main.Id, main.Party, main.Kind, main.Severity, connection.Server);
    }

    private static ConnectionDiagnosis ExampleOf(IEnumerable<ConnectionDiagnosis> alike, Verdict? verdict) =>
        alike.FirstOrDefault(connection => ReferenceEquals(connection.Findings[0], verdict?.Finding)) ?? alike.First();
}
