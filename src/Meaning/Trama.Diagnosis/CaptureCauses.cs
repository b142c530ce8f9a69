using Trama.Diagnosis.Evidence;
using Trama.Diagnosis.Rules;
using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis;

/// <summary>What only the connections of a capture together show: scans, floods, outages, storms.</summary>
internal static class CaptureCauses
{
    /// <summary>One connection in so many may be slow without anybody's noticing.</summary>
    private const int SlowAmong = 10;

    /// <summary>Adds it to the connections that it concerns, and takes away what it explains.</summary>
    public static void Explain(CaptureEvidence capture, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        foreach ((long copy, long original) in capture.Twins.Copies) JudgeOnce(copy, original, connections);
        var scans = new HashSet<long>();
        foreach (ClientRecord client in capture.Clients)
        {
            if (PortScan.Judge(client) is not var (scan, probes)) continue;
            Explain(scan, probes, connections);
            scans.UnionWith(client.Probes.Select(probe => probe.Connection));
        }

        // A scan's hosts need not be there: their silence is no path's.
        if (PathOutage.Judge([.. capture.Still.Where(one => !scans.Contains(one.Wait.Connection))], capture.Opened) is var (outage, still))
            Explain(outage, still, connections);
        var floods = new HashSet<long>();
        foreach (ServerRecord server in capture.Servers)
        {
            if (server.IsToldOnly) Change(server.Asked, connections, Doubted);
            if (server.IsUnseen) Change(server.Knocking.Select(wait => wait.Connection), connections, Doubted);
            if (server.SpeaksFirst == Side.Server)
                foreach ((long silent, SilentClose close) in server.Silent)
                    Explain(ClosedWithoutGreeting.Of(close, isDue: true), [silent], connections);
            if (server.SpeaksFirst == Side.Client)
                Change(server.Silent.Select(silent => silent.Connection), connections, ClosedWithoutGreeting.Weighed);
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
        WeighStarts(capture, connections);
        foreach (ClientRecord client in capture.Clients) Change(client.AbsentPeers, connections, Shrugged);
        WeighSlowReplies(capture, connections);
        foreach (ConnectionDiagnosis data in connections.Values.Where(c => capture.IsActiveData(c.Client, c.Server)).ToArray())
            Change([data.Id], connections, Turned);
        TellStorms(connections);
    }

    // Who has other connections there opens one ahead of need; who has none was slow to say what it wants.
    private static void WeighStarts(CaptureEvidence capture, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        foreach (ConnectionDiagnosis diagnosis in connections.Values.Where(c => c.Findings.Any(IsStart)).ToArray())
        {
            bool isOnly = capture.Asking(diagnosis.Client.Address, diagnosis.Server) < 2;
            Change([diagnosis.Id], connections, finding => !IsStart(finding) ? finding
                : isOnly ? finding with { Confidence = Confidence.Likely } : finding with { Severity = Severity.Info });
        }
    }

    // Of many connections that are answered in time, one that is not is no fault that anybody would look for.
    private static void WeighSlowReplies(CaptureEvidence capture, SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        foreach (IGrouping<IpAddress, ConnectionDiagnosis> slow in connections.Values.Where(c => c.Findings.Any(IsSlow))
            .GroupBy(c => c.Client.Address).ToArray())
        {
            if (slow.Count() * SlowAmong > capture.TalksOf(slow.Key) || slow.Any(c => c.Findings.Any(IsFelt))) continue;
            Change(slow.Select(c => c.Id), connections, finding => IsSlow(finding) ? finding with { Severity = Severity.Info } : finding);
        }
    }

    private static bool IsSlow(Finding finding) => finding is { Id: FindingId.SlowServer, Kind: FindingKind.Plain };

    private static bool IsFelt(Finding finding) => IsSlow(finding) && finding[FactName.LongestNs] >= SlowServer.FeltNs;

    private static bool IsStart(Finding finding) => finding is { Id: FindingId.SlowClient, Kind: FindingKind.Start };

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
            if (connections.TryGetValue(id, out ConnectionDiagnosis? diagnosis)) connections[id] =
                Causes.Explain(diagnosis with { Findings = [.. diagnosis.Findings.Where(other => other.Id != finding.Id)] }, finding);
    }

    private static void TellStorms(SortedDictionary<long, ConnectionDiagnosis> connections)
    {
        IEnumerable<IGrouping<(IpAddress, Endpoint, FindingId), ConnectionDiagnosis>> alike = connections.Values
            .Where(c => c.Findings is [{ Severity: >= Severity.Warning, Id: not (FindingId.PortScan or FindingId.SynFlood) }, ..])
            .GroupBy(c => (c.Client.Address, c.Server, c.Findings[0].Id));
        foreach (ConnectionDiagnosis[] failed in alike.Select(group => group.ToArray()).ToArray())
            if (RetryStorm.Judge(failed) is { } storm) connections[failed[0].Id] = Causes.Explain(failed[0], storm);
    }

    private static void Change(IEnumerable<long> ids, SortedDictionary<long, ConnectionDiagnosis> connections,
        Func<Finding, Finding> change)
    {
        foreach (long id in ids)
            if (connections.TryGetValue(id, out ConnectionDiagnosis? diagnosis))
                connections[id] = diagnosis with { Findings = [.. diagnosis.Findings.Select(change).OrderByDescending(f => f.Severity)] };
    }

    // Where a server is only ever told things, silence is no missing reply; where nothing of it was captured, no missing answer.
    private static Finding Doubted(Finding finding) =>
        finding is
        {
            Id: FindingId.NoReply or FindingId.ClosedWithoutReply or FindingId.ConnectionFiltered,
            Confidence: < Confidence.Certain
        }
        ? finding with { Severity = Severity.Info, Confidence = Confidence.Possible }
        : finding;

    // Peers come and go: that some are gone is how their networks live.
    private static Finding Shrugged(Finding finding) =>
        finding.Id is FindingId.ConnectionFiltered or FindingId.ConnectionRefused or FindingId.PathOutage
            ? finding with { Severity = Severity.Info, Confidence = Confidence.Possible } : finding;

    // In FTP's active mode it is the client's host that listens, or a firewall before it.
    private static Finding Turned(Finding finding) => finding.Id switch
    {
        FindingId.ConnectionRefused => finding with { Party = Party.Client, Kind = FindingKind.ActiveData },
        FindingId.ConnectionFiltered => finding with { Party = Party.Network, Kind = FindingKind.ActiveData },
        _ => finding,
    };

    private static Finding Raised(Finding finding) =>
        finding.Id == FindingId.ErrorReplies ? finding with { Severity = Severity.Warning } : finding;
}
