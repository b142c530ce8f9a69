using Trama.Lab.Reenacting;
using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Makes a scene of what a capture shows of a connection. It sees segments and bytes; no label, no finding.</summary>
public static class SceneReader
{
    /// <summary>How long an idle wait is kept at most, in nanoseconds.</summary>
    public const long LongestWaitNs = 20_000_000_000;

    /// <summary>How long a scene is at most, in nanoseconds.</summary>
    public const long LongestNs = 60_000_000_000;

    private const int IpAndTcp = 40;
    private const int UsualMtu = 1500, LeastMtu = 576;

    // What both hosts still say to each other after the last thing that was seen.
    internal const long TailNs = 300_000_000;

    /// <summary>The scene of a connection.</summary>
    public static Scene Read(SeenConnection seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var path = PathGuess.Of(seen);
        bool isRefused = seen.Connection.State == ConnectionState.Refused;
        long length = seen.Segments[^1].At.Nanoseconds - seen.Segments[0].At.Nanoseconds;
        return new Scene
        {
            Client = Side(seen, path, Tracing.Side.Client),
            Server = Side(seen, path, Tracing.Side.Server),
            Listens = !isRefused,
            Port = seen.Connection.Server.Port,
            RoundTripNs = path.RoundTripNs,
            BitsPerSecond = RateReader.Read(seen, path),
            Fates = FateReader.Read(seen, path),
            Errors = PathWordReader.Errors(seen, path),
            Resets = PathWordReader.Resets(seen, path),
            CutNs = KeepAliveReader.CutNs(seen),
            LengthNs = Math.Min(length, LongestNs) * 5 / 4 + TailNs + 4 * path.RoundTripNs,
        }.WithKnocks(seen);
    }

    private static SceneSide Side(SeenConnection seen, PathGuess path, Side side)
    {
        (List<ScenePause> pauses, int? buffer) = PaceReader.Read(seen, path, side);
        TracedSegment first = seen.Segments.FirstOrDefault(segment => segment.From == side);
        return new SceneSide
        {
            Steps = [.. ScriptReader.Read(seen, path, side).Select(step => step with { AfterNs = Math.Min(step.AfterNs, LongestWaitNs) })],
            Pauses = pauses,
            ReceiveBuffer = buffer,
            KeepAlive = KeepAliveReader.Read(seen, side),
            Mtu = Math.Clamp((seen.Connection.Stream(side).MaximumSegmentSize ?? UsualMtu - IpAndTcp) + IpAndTcp, LeastMtu, UsualMtu),
            Timestamps = (first.Flags & TcpFlags.Syn) == 0 || first.Timestamps is not null,
        };
    }
}
