using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Where on the path a capture was taken, by its handshake: how far away both sides are.</summary>
/// <param name="ToServerNs">From the place to the server and back, in nanoseconds.</param>
/// <param name="ToClientNs">From the place to the client and back, in nanoseconds.</param>
/// <param name="IsMeasured">Whether a handshake says so; else it is assumed from what was acknowledged, or from nothing.</param>
public readonly record struct PathGuess(long ToServerNs, long ToClientNs, bool IsMeasured)
{
    private const long Unknown = 1_000_000;

    /// <summary>The whole way there and back, in nanoseconds.</summary>
    public long RoundTripNs => ToServerNs + ToClientNs;

    /// <summary>Whether the capture was taken beside the client.</summary>
    public bool IsAtClient => ToClientNs <= ToServerNs;

    /// <summary>Looks at a connection.</summary>
    public static PathGuess Of(SeenConnection seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        long? asked = null, answered = null;
        foreach (TracedSegment segment in seen.Segments)
        {
            bool isSyn = (segment.Flags & TcpFlags.Syn) != 0;
            // An answer to a repeated SYN is one to the last.
            if (isSyn && segment.From == Side.Client && answered is null) asked = segment.At.Nanoseconds;
            else if (isSyn && segment.From == Side.Server && asked is not null) answered = segment.At.Nanoseconds;
            else if (answered is { } there && segment.From == Side.Client && (segment.Flags & TcpFlags.Ack) != 0)
                return new PathGuess(there - asked!.Value, segment.At.Nanoseconds - there, IsMeasured: true);
        }

        if (asked is { } sent && answered is { } came) return new PathGuess(came - sent, 0, IsMeasured: false);
        return new PathGuess(seen.Connection.Rtt?.MinNs ?? Unknown, 0, IsMeasured: false);
    }

    /// <summary>How long a segment still takes to the other side after it was seen.</summary>
    public long After(Side from) => (from == Side.Client ? ToServerNs : ToClientNs) / 2;

    /// <summary>How long a segment took from its sender until it was seen.</summary>
    public long Before(Side from) => (from == Side.Client ? ToClientNs : ToServerNs) / 2;
}
