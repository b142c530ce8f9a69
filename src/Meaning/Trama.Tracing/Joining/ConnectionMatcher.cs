using Trama.Packets.Transport;

namespace Trama.Tracing.Joining;

/// <summary>
/// Recognises the connections that two captures share: by addresses, ports and sequence numbers; behind address translation by
/// the initial sequence numbers alone; and where these are rewritten too, by the first bytes said.
/// </summary>
internal static class ConnectionMatcher
{
    public static List<ConnectionPair> Match(VantagePoint first, VantagePoint second)
    {
        var pairs = new List<ConnectionPair>();
        var rest = new HashSet<Connection>(second.Connections);
        List<Connection> unmatched = [.. first.Connections];
        unmatched = Match(unmatched, rest, pairs, connection => (connection.Client, connection.Server), SameNumbers, (a, b) =>
            new ConnectionPair(a, b));
        unmatched = Match(unmatched, rest, pairs, InitialSequence, SameBeginning, (a, b) => new ConnectionPair(a, b, IsTranslated: true));

        unmatched = OnlyOnes(unmatched, first);
        rest.IntersectWith(OnlyOnes(rest, second));
        Match(unmatched, rest, pairs, connection => InitialSequence(connection) is null ? null : StartOf(connection, first)
            ?? StartOf(connection, second),
            SameTimestamps, (a, b) => new ConnectionPair(a, b, IsTranslated: true, IsRenumbered: true));
        return pairs;
    }

    // Pairs connections of equal key that pass the test, and returns those that found none.
    private static List<Connection> Match<TKey>(
        List<Connection> connections, HashSet<Connection> others, List<ConnectionPair> pairs,
        Func<Connection, TKey?> key, Func<Connection, Connection, bool> isSame, Func<Connection, Connection, ConnectionPair> pair)
    {
        ILookup<TKey?, Connection> byKey = others.ToLookup(key);
        var unmatched = new List<Connection>();
        foreach (Connection connection in connections)
        {
            Connection? same = key(connection) is { } own
                ? byKey[own].FirstOrDefault(other => others.Contains(other) && isSame(connection, other))
                : null;
            if (same is null)
            {
                unmatched.Add(connection);
                continue;
            }

            others.Remove(same);
            pairs.Add(pair(connection, same));
        }

        return unmatched;
    }

    private static uint? InitialSequence(Connection connection) => connection.ToServer.Syn ? connection.ToServer.InitialSequence : null;

    private static StreamStart? StartOf(Connection connection, VantagePoint vantage) =>
        vantage.StartOf(connection) is { IsTelling: true } start ? start : null;

    // Successive connections on the same ports have other numbers; a capture that began late has later ones of the same.
    private static bool SameNumbers(Connection one, Connection other) =>
        SameNumbers(one.ToServer, other.ToServer) && SameNumbers(one.ToClient, other.ToClient);

    private static bool SameNumbers(StreamCounters one, StreamCounters other)
    {
        if (one.InitialSequence is not { } a || other.InitialSequence is not { } b) return true;
        if (one.Syn && other.Syn) return a == b;
        return End(one, a) - new SequenceNumber(b) >= 0 && End(other, b) - new SequenceNumber(a) >= 0;
    }

    private static SequenceNumber End(StreamCounters stream, uint start) =>
        new(unchecked(start + (uint)(stream.StreamBytes + stream.MissingBytes) + 1));

    private static bool SameBeginning(Connection one, Connection other) =>
        one.ToClient is { Syn: true, InitialSequence: { } a } && other.ToClient is { Syn: true, InitialSequence: { } b }
            ? a == b : SameTimestamps(one, other);

    // A sender's clock starts anywhere (RFC 7323 section 5.4), so the SYN's value tells connections apart.
    private static bool SameTimestamps(Connection one, Connection other) =>
        one.Segments is [var a, ..] && other.Segments is [var b, ..] && a.Timestamps?.Value == b.Timestamps?.Value;

    // Only what is said once in a capture can be recognised by what is said.
    private static List<Connection> OnlyOnes(IEnumerable<Connection> connections, VantagePoint vantage) =>
        [.. connections.GroupBy(connection => StartOf(connection, vantage)).Where(group => group.Key is not null && group.Count() == 1)
            .Select(group => group.First())];
}
