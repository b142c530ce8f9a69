using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Diagnosis.Joined;

/// <summary>
/// Says what went wrong from two captures: what each of them shows alone, corrected by what the two together prove about the
/// path between them.
/// </summary>
public static class JoinedDiagnoser
{
    /// <summary>What the tracker of each capture has to keep and tell.</summary>
    public static TracingOptions Options { get; } = Diagnoser.Options with
    { KeptSegments = 1 << 16, MaxKeptSegments = VantagePoint.MaxSegments, KeepExchanges = true, HeadBytes = 256 };

    /// <summary>Judges joined captures.</summary>
    /// <param name="captures">The captures, joined.</param>
    /// <param name="first">The diagnosis of the first capture alone.</param>
    /// <param name="second">The diagnosis of the second capture alone.</param>
    public static CaptureDiagnosis Judge(JoinedCapture captures, CaptureDiagnosis first, CaptureDiagnosis second)
    {
        ArgumentNullException.ThrowIfNull(captures);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Dictionary<long, ConnectionDiagnosis> inFirst = first.Connections.ToDictionary(c => c.Id),
            inSecond = second.Connections.ToDictionary(c => c.Id);
        Dictionary<long, Finding> lostInFirst = Translations(first), lostInSecond = Translations(second);
        var judged = new ConnectionDiagnosis?[captures.Connections.Count];
        captures.ForEach(joined =>
        {
            (Dictionary<long, ConnectionDiagnosis> nearClient, Dictionary<long, ConnectionDiagnosis> nearServer) = joined.FirstIsNear
                ? (inFirst, inSecond) : (inSecond, inFirst);
            ConnectionDiagnosis? atClient = Of(nearClient, joined.NumberAtClient), atServer = Of(nearServer, joined.NumberAtServer);
            // The client's side of a device that translates addresses shows one connection, its server's side two.
            Finding? lost = (joined.FirstIsNear ? lostInSecond : lostInFirst).GetValueOrDefault(joined.NumberAtServer ?? 0);
            IReadOnlyList<Finding> serversFindings = atServer?.Findings ?? [];
            if (lost is not null) serversFindings = [.. serversFindings, lost];
            List<Finding> findings = Judge(joined, atClient?.Findings ?? [], serversFindings);
            if (findings.Count > 0) judged[joined.Id - 1] = Diagnosis(joined, findings);
        });

        var found = new List<ConnectionDiagnosis>();
        foreach (ConnectionDiagnosis? diagnosis in judged)
            if (diagnosis is not null) found.Add(WithProcesses(diagnosis, captures.Connections[(int)diagnosis.Id - 1]));
        return new CaptureDiagnosis(captures.Totals, found)
        {
            Verdict = Verdict.Of(found),
            HealthyConnections = captures.Connections.Count - Diagnoser.Faulty(found),
            OmittedConnections = Math.Max(first.OmittedConnections, second.OmittedConnections),
        };
    }

    private static List<Finding> Judge(JoinedConnection joined, IReadOnlyList<Finding> atClient, IReadOnlyList<Finding> atServer)
    {
        var path = new PathEvidence(joined);
        var findings = new Dictionary<FindingId, Finding>();
        foreach (Finding finding in atClient) findings[finding.Id] = finding with { SeenAt = Side.Client };
        foreach (Finding finding in atServer)
        {
            bool isBetter = !findings.TryGetValue(finding.Id, out Finding? other) || other.Kind == FindingKind.Indirect
                || (finding.Kind != FindingKind.Indirect && finding.Severity >= other.Severity && BestSeen.At(finding) == Side.Server);
            if (isBetter) findings[finding.Id] = finding with { SeenAt = Side.Server };
        }

        if (path.IsOneSided) return Causes.Ordered(findings.Values);
        foreach (Finding finding in findings.Values.ToArray())
        {
            Finding? corrected = Corrections.Of(finding, path);
            if (corrected is null) findings.Remove(finding.Id);
            else findings[finding.Id] = corrected;
        }

        foreach (Func<PathEvidence, Finding?> rule in (ReadOnlySpan<Func<PathEvidence, Finding?>>)[PathRules.ForgedReset,
            PathRules.Filtered, FullQueue.Judge, PathRules.Lost, PathRules.Copied, PathRules.Overtaken])
        {
            if (rule(path) is not { } proven || IsExplained(proven, findings)) continue;
            // One capture tells more of how a loss was repaired; of where SYNs stay, two tell more.
            bool tellsMore = proven.Id == FindingId.ConnectionFiltered || !findings.TryGetValue(proven.Id, out Finding? alone)
                || alone.Kind == FindingKind.Indirect;
            if (tellsMore) findings[proven.Id] = proven;
        }

        return Causes.Ordered(findings.Values);
    }

    // A rejected SYN is no filtered one; and what is lost because nothing gets through is not lost besides.
    private static bool IsExplained(Finding proven, Dictionary<FindingId, Finding> findings) => proven.Id switch
    {
        FindingId.ConnectionFiltered => findings.ContainsKey(FindingId.ConnectionRejectedByIcmp)
            || findings.ContainsKey(FindingId.BacklogOverflow),
        FindingId.PacketLoss => findings.ContainsKey(FindingId.ConnectionRejectedByIcmp)
            || findings.ContainsKey(FindingId.ConnectionFiltered),
        _ => false,
    };

    private static ConnectionDiagnosis Diagnosis(JoinedConnection joined, List<Finding> findings)
    {
        Connection connection = Teller(joined, findings);
        return new ConnectionDiagnosis(joined.Id, connection.Client, connection.Server)
        {
            State = connection.State,
            OpenedAt = connection.OpenedAt,
            LastAt = connection.LastAt,
            Findings = findings,
            Excerpt = Diagnoser.Excerpt(connection.Segments, findings[0]),
        };
    }

    // Who knows them is asked by one thread.
    private static ConnectionDiagnosis WithProcesses(ConnectionDiagnosis diagnosis, JoinedConnection joined)
    {
        Connection connection = Teller(joined, diagnosis.Findings);
        return diagnosis with { ClientProcess = connection.Process(Side.Client), ServerProcess = connection.Process(Side.Server) };
    }

    private static Connection Teller(JoinedConnection joined, IReadOnlyList<Finding> findings) =>
        joined.At(findings[0].SeenAt ?? Side.Client) ?? joined.AtClient ?? joined.AtServer!;

    // By the connections that go on from another port.
    private static Dictionary<long, Finding> Translations(CaptureDiagnosis alone) => alone.Connections
        .SelectMany(connection => connection.Findings).Where(finding => finding.Id == FindingId.TranslationLost)
        .GroupBy(finding => finding[FactName.EarlierConnection] ?? 0).ToDictionary(group => group.Key, group => group.First());

    private static ConnectionDiagnosis? Of(Dictionary<long, ConnectionDiagnosis> diagnoses, long? number) =>
        number is { } id ? diagnoses.GetValueOrDefault(id) : null;
}
