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

    /// <summary>The scene of a connection that was captured at both hosts: each program's part is read beside it, and what the path did
    /// is known.</summary>
    /// <param name="atClient">What the client's host saw.</param>
    /// <param name="atServer">What the server's host saw.</param>
    public static Scene Read(SeenConnection atClient, SeenConnection atServer)
    {
        ArgumentNullException.ThrowIfNull(atServer);
        Scene client = Read(atClient), server = Read(atServer);
        // The rate shows where the most arrives.
        bool isDownload = atClient.ToClient.Length > atClient.ToServer.Length;
        return client with
        {
            Server = server.Server,
            BitsPerSecond = isDownload ? client.BitsPerSecond : server.BitsPerSecond,
            Fates = JoinedFateReader.Read(atClient, atServer),
            Errors = [.. client.Errors.Where(error => error.ToServer), .. server.Errors.Where(error => !error.ToServer)],
            Resets = [.. client.Resets.Where(reset => !reset.ToServer), .. server.Resets.Where(reset => reset.ToServer)],
        };
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
