using Trama.Lab.Reenacting;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>
/// Reads from a capture what the path itself said: ICMP errors, and RSTs that come from elsewhere than the host they name.
/// </summary>
internal static class PathWordReader
{
    // Routes differ by a router now and then.
    private const int LeastHops = 2;

    /// <summary>Whether a RST did not come from the host that it names: it has passed another number of routers.</summary>
    public static bool IsForeign(SeenConnection seen, in TracedSegment segment) => HopsOf(seen, segment) is not 0;

    /// <summary>The RSTs of the path.</summary>
    public static List<SceneReset> Resets(SeenConnection seen, PathGuess path)
    {
        List<SceneReset> resets = [];
        TracedSegment? anchor = null;
        foreach (TracedSegment segment in seen.Segments)
        {
            int hops = HopsOf(seen, segment);
            if (hops != 0 && anchor is { } before)
            {
                long after = path.Before(before.From) + segment.At.Nanoseconds - before.At.Nanoseconds + path.After(segment.From);
                resets.Add(new SceneReset(segment.From == Side.Client, before.From == Side.Client, (int)before.Sequence - 1L, after, hops));
            }
            else if (segment.Length > 0) anchor = segment;
        }

        return resets;
    }

    /// <summary>The ICMP errors.</summary>
    public static List<SceneError> Errors(SeenConnection seen, PathGuess path)
    {
        List<SceneError> said = [];
        foreach (var group in seen.Errors.GroupBy(error => (error.Source, error.Sequence)))
        {
            QuotedSegment first = group.First();
            Side from = first.Source == seen.Connection.Client ? Side.Client : Side.Server;
            if (seen.Connection.Stream(from).InitialSequence is not { } initial) continue;
            long place = (int)(first.Sequence.Value - initial) - 1L;
            TracedSegment? quoted = seen.Segments.Cast<TracedSegment?>().LastOrDefault(segment => segment!.Value.From == from
                && (int)segment.Value.Sequence - 1L == place && segment.Value.At.Nanoseconds <= first.Timestamp.Nanoseconds);
            long waited = quoted is { } found ? first.Timestamp.Nanoseconds - found.At.Nanoseconds : path.RoundTripNs;
            waited += 2 * path.Before(from);
            said.Add(new SceneError(from == Side.Client, place, group.Count(), waited, Code(first), first.NextHopMtu));
        }

        return said;
    }

    // The codes of ICMPv6 (RFC 4443 section 3.1) in the words of ICMP.
    private static int Code(QuotedSegment error) => !error.IsIpv6 ? error.Code : error.Code switch
    {
        1 => 13,
        3 => 1,
        4 => 3,
        _ => 0,
    };

    private static int HopsOf(SeenConnection seen, in TracedSegment segment)
    {
        if ((segment.Flags & TcpFlags.Rst) == 0) return 0;
        Side from = segment.From;
        byte[] others = [.. seen.Segments.Where(other => other.From == from && (other.Flags & TcpFlags.Rst) == 0)
            .Select(other => other.TimeToLive)];
        if (others.Length == 0) return 0;
        int usual = others.GroupBy(value => value).MaxBy(group => group.Count())!.Key, hops = segment.TimeToLive - usual;
        return Math.Abs(hops) >= LeastHops ? hops : 0;
    }
}
