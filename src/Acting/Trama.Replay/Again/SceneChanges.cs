using Trama.Lab.Reenacting;

namespace Trama.Replay.Again;

/// <summary>What would have happened otherwise: scenes with something changed.</summary>
public static class SceneChanges
{
    private const int SegmentSize = 1448;

    /// <summary>Nothing is lost, held back or copied.</summary>
    public static Scene WithoutLosses(this Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene with { Fates = [] };
    }

    /// <summary>One of so many data segments is lost once, beside what was.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="percent">How many of a hundred.</param>
    public static Scene WithLosses(this Scene scene, double percent)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (percent <= 0) return scene.WithoutLosses();
        long every = (long)Math.Max(1, 100 / percent) * SegmentSize;
        return scene with
        {
            Fates =
            [
                .. scene.Fates,
                .. Places(scene.Client, every).Select(place => new SceneFate(ToServer: true, place, Lost: 1)),
                .. Places(scene.Server, every).Select(place => new SceneFate(ToServer: false, place, Lost: 1)),
            ],
        };
    }

    /// <summary>Both programs' hosts take so many bytes that were not read yet, and the programs read whatever comes.</summary>
    public static Scene WithWindow(this Scene scene, int bytes)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene with { Client = Wide(scene.Client), Server = Wide(scene.Server) };

        SceneSide Wide(SceneSide side) => side with { ReceiveBuffer = bytes, Pauses = [], WindowScaling = true };
    }

    /// <summary>Both programs send what they write at once (TCP_NODELAY).</summary>
    public static Scene WithNoDelay(this Scene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene with { Client = scene.Client with { NoDelay = true }, Server = scene.Server with { NoDelay = true } };
    }

    /// <summary>The way there and back takes so long.</summary>
    public static Scene WithRoundTrip(this Scene scene, long nanoseconds)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene with { RoundTripNs = nanoseconds, LengthNs = scene.LengthNs + nanoseconds };
    }

    private static IEnumerable<long> Places(SceneSide side, long every)
    {
        long length = side.Steps.Sum(step => (long)step.Bytes.Length);
        // Not the first: with it nothing is known of the path yet.
        for (long place = Math.Min(every, length) / 2; place < length; place += every) yield return place;
    }
}
