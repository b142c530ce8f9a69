using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>Where on the path the capture was taken.</summary>
internal sealed class Vantage
{
    /// <summary>
    /// Without any acknowledgement by itself, exchanges that all take nearly the same time, so many at least, take the path's…
    /// </summary>
    private const int AlikeExchanges = 3;

    /// <summary>…where the longest is no longer than the shortest by this factor.</summary>
    private const double AlikeFactor = 1.25;

    public Vantage(ConnectionEvidence evidence)
    {
        ReadOnlySpan<long> none = [long.MaxValue, long.MaxValue];
        Span<long> legs = stackalloc long[2];
        none.CopyTo(legs);
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.From == Side.Client) HopsFromClient ??= Hops(segment.TimeToLive);
            else HopsFromServer ??= Hops(segment.TimeToLive);
            // What carries data or a FIN may have waited for the program; an acknowledgement alone is the kernel's.
            if (segment is { RttNs: { } rttNs, Length: 0 } && (segment.Flags & (TcpFlags.Fin | TcpFlags.Rst)) == 0)
                legs[(int)segment.From] = Math.Min(legs[(int)segment.From], rttNs);
        }

        // The kernel may delay an acknowledgement alone: what came sooner with data shows that the path is no longer.
        foreach (ref readonly TracedSegment segment in evidence.Segments)
            if (segment.RttNs < legs[(int)segment.From] && legs[(int)segment.From] != long.MaxValue && (segment.Flags & TcpFlags.Rst) == 0)
                legs[(int)segment.From] = segment.RttNs.Value;

        long? toClient = legs[0] != long.MaxValue ? legs[0] : FromReplies(evidence, Side.Client);
        long? toServer = legs[1] != long.MaxValue ? legs[1] : FromReplies(evidence, Side.Server);
        (LegToClientNs, LegToServerNs, HasBothLegs) = (toClient ?? 0, toServer ?? 0, toClient + toServer is not null);
    }

    /// <summary>From the vantage point to the server and back, in nanoseconds; 0 when never measured.</summary>
    public long LegToServerNs { get; }

    /// <summary>From the vantage point to the client and back.</summary>
    public long LegToClientNs { get; }

    /// <summary>Whether both legs were measured: a coarse clock measures a short one as 0.</summary>
    public bool HasBothLegs { get; }

    /// <summary>How many routers the client's packets had passed; absent when none was seen.</summary>
    public int? HopsFromClient { get; }

    /// <summary>How many routers the server's packets had passed.</summary>
    public int? HopsFromServer { get; }

    /// <summary>From the vantage point to a side and back, in nanoseconds; 0 when never measured.</summary>
    public long LegTo(Side side) => side == Side.Server ? LegToServerNs : LegToClientNs;

    /// <summary>Whether something between a side and the vantage point can lose packets: it is not that side's own host.</summary>
    public bool IsAwayFrom(Side side) => LegTo(side) > Thresholds.OwnHostNs || (side == Side.Server ? HopsFromServer : HopsFromClient) > 0;

    // Every acknowledgement came with a reply: a program takes now this long and now that, a path always the same.
    private static long? FromReplies(ConnectionEvidence evidence, Side from)
    {
        long least = long.MaxValue, most = 0;
        int replies = 0;
        foreach (ref readonly TracedSegment segment in evidence.Segments)
        {
            if (segment.From != from || segment is not { RttNs: { } rttNs, Length: > 0 }) continue;
            (least, most) = (Math.Min(least, rttNs), Math.Max(most, rttNs));
            replies++;
        }

        return replies >= AlikeExchanges && most < least * AlikeFactor ? least : null;
    }

    // Systems start from 32, 64, 128 or 255.
    private static int Hops(byte timeToLive) => timeToLive switch
    {
        <= 32 => 32 - timeToLive,
        <= 64 => 64 - timeToLive,
        <= 128 => 128 - timeToLive,
        _ => 255 - timeToLive,
    };
}
