using Trama.Packets;

namespace Trama.Reports.Ladder;

/// <summary>How long nothing must happen to be worth a row of its own.</summary>
internal static class PauseThreshold
{
    private const long ShortestNs = 1_000_000;
    private const long LongestUnmarkedNs = 1_000_000_000;
    private const int ToMedian = 10;
    private const int ToHandshake = 3;

    /// <summary>
    /// Silence is what stands out among the distances between the events of this connection; waiting for the path is none.
    /// </summary>
    /// <param name="times">When something happened, in order.</param>
    /// <param name="handshakeNs">The round trip of the handshake, where it was seen.</param>
    public static long Of(ReadOnlySpan<Timestamp> times, long? handshakeNs)
    {
        if (times.Length < 2) return long.MaxValue;
        var distances = new long[times.Length - 1];
        for (int i = 0; i < distances.Length; i++) distances[i] = times[i + 1] - times[i];
        Array.Sort(distances);
        long usual = Math.Max(distances[distances.Length / 2] * ToMedian, (handshakeNs ?? 0) * ToHandshake);
        return Math.Clamp(usual, ShortestNs, LongestUnmarkedNs);
    }
}
