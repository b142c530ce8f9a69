using Trama.Diagnosis.Evidence;
using Trama.Diagnosis.Rules;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Diagnosis;

/// <summary>What only the connections of a capture together show: scans, floods, outages, storms.</summary>
internal static class CaptureCauses
{
    /// <summary>Adds it to the connections that it concerns, and takes away what it explains.</summary>
    public static void Explain(CaptureEvidence capture, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        foreach ((long copy, long original) in capture.Twins.Copies) JudgeOnce(copy, original, connections);
        if (PathOutage.Judge(capture.Still) is var (outage, still)) Explain(outage, still, connections);
        var scans = new HashSet<long>();
        foreach (ClientRecord client in capture.Clients)
        {
            if (PortScan.Judge(client) is not var (scan, probes)) continue;
            Explain(scan, probes, connections);
            scans.UnionWith(client.Probes.Select(probe => probe.Connection));
        }

        var floods = new HashSet<long>();
        foreach (ServerRecord server in capture.Servers)
        {
            if (server.IsToldOnly) Doubt(server.Asked, connections);
            if (ErrorReplies.AreMost(server)) Change(server.WithErrors, connections, Raised);
            if ((SynFlood.Judge(server, scans) ?? BacklogOverflow.Judge(server)) is not var (finding, ids)) continue;
            Explain(finding, ids, connections);
            if (finding.Id == FindingId.SynFlood) floods.UnionWith(server.HalfOpen.Select(wait => wait.Connection));
        }

        // Spread over the ports of a host, no port alone shows it.
        foreach (ServerRecord host in capture.Hosts)
            if (!host.HalfOpen.Any(wait => floods.Contains(wait.Connection)) && SynFlood.Judge(host, scans) is var (flood, ids)) Explain(
                flood, ids, connections);

        foreach ((Continuation orphan, Continuation earlier) in capture.Continuations.Found())
            if (connections.TryGetValue(orphan.Connection, out ConnectionDiagnosis? diagnosis))
                connections[orphan.Connection] = Causes.Explain(diagnosis, TranslationLost.Of(orphan, earlier));
        TellStorms(connections);
    }

    // What both show is told of the one that was seen first.
    private static void JudgeOnce(long copy, long original, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        if (!connections.TryGetValue(copy, out ConnectionDiagnosis? second)) return;
        IReadOnlyList<Finding> known = connections.TryGetValue(original, out ConnectionDiagnosis? first) ? first.Findings : [];
        Finding[] more = [.. second.Findings.Where(finding => !known.Any(other => other.Id == finding.Id))];
        connections[copy] = second with { Findings = Causes.Ordered([.. more, DuplicatedCapture.OfTwin(original)]) };
    }

    private static void Explain(Finding finding, IEnumerable<long> ids, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        foreach (long id in ids)
            if (connections.TryGetValue(id, out ConnectionDiagnosis? diagnosis)) connections[id] = Causes.Explain(diagnosis, finding);
    }

    private static void TellStorms(SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        IEnumerable<IGrouping<(IpAddress, Endpoint, FindingId), ConnectionDiagnosis>> alike = connections.Values
            .Where(c => c.Findings is [{ Severity: >= Severity.Warning, Id: not (FindingId.PortScan or FindingId.SynFlood) }, ..])
            .GroupBy(c => (c.Client.Address, c.Server, c.Findings[0].Id));
        foreach (ConnectionDiagnosis[] failed in alike.Select(group => group.ToArray()).ToArray())
            if (RetryStorm.Judge(failed) is { } storm) connections[failed[0].Id] = Causes.Explain(failed[0], storm);
    }

    // Where a server is only ever told things, silence is no missing reply.
    private static void Doubt(IReadOnlyList<long> asked, SortedDictionary<long, ConnectionDiagnosis> connections) =>
        Change(asked, connections, Doubted);

    private static void Change(IEnumerable<long> ids, SortedDictionary<long, ConnectionDiagnosis> connections,
        Func<Finding, Finding> change)
    {
        foreach (long id in ids)
            if (connections.TryGetValue(id, out ConnectionDiagnosis? diagnosis))
                connections[id] = diagnosis with { Findings = [.. diagnosis.Findings.Select(change).OrderByDescending(f => f.Severity)] };
    }

    private static Finding Doubted(Finding finding) =>
        finding is { Id: FindingId.NoReply or FindingId.ClosedWithoutReply, Confidence: < Confidence.Certain }
        ? finding with { Severity = Severity.Info, Confidence = Confidence.Possible }
        : finding;

    private static Finding Raised(Finding finding) =>
        finding.Id == FindingId.ErrorReplies ? finding with { Severity = Severity.Warning } : finding;
}
