using Trama.Framing;

namespace Trama.Replay.Recording;

/// <summary>What is spoken with a server whose clients do not all say enough to tell it.</summary>
public static class SpokenAt
{
    /// <summary>The protocols at the ports of such servers, each the only one that is known there; null where there are none.</summary>
    public static FramingRule? Of(RecordedCapture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        var byPort = new Dictionary<int, FramingRule>();
        foreach (IGrouping<ushort, RecordedConnection> server in capture.Connections
            .Where(connection => connection is { Exchanges.Count: > 0, IsTls: false }).GroupBy(connection => connection.Server.Port))
        {
            string?[] protocols = [.. server.Select(connection => connection.Exchanges[0].Messages.First().Protocol).Distinct()];
            string? known = protocols is [_, _] && protocols.Contains(null) ? protocols[0] ?? protocols[1] : null;
            if (FramingRule.OfProtocols.FirstOrDefault(rule => rule.Name == known) is { } rule) byPort.Add(server.Key, rule);
        }

        return byPort.Count == 0 ? null : FramingRule.ByPort(byPort, FramingRule.Auto);
    }
}
