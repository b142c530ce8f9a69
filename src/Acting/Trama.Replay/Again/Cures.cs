using Trama.Diagnosis;
using Trama.Lab.Reenacting;

namespace Trama.Replay.Again;

/// <summary>Changes scenes by what cures a finding.</summary>
public static class Cures
{
    private const int WideWindow = 4 << 20;
    private const long ShortWayNs = 1_000_000;

    /// <summary>The scene with a remedy; null where there is none of that kind: a program would have to be changed.</summary>
    public static Scene? Apply(Scene scene, Remedy remedy) => remedy switch
    {
        Remedy.NoLoss => scene.WithoutLosses(),
        Remedy.NoDelay => scene.WithNoDelay(),
        Remedy.WideWindow => scene.WithWindow(WideWindow),
        Remedy.ShortWay => scene.WithRoundTrip(ShortWayNs),
        Remedy.NoLimit => scene.WithoutLosses() with { BitsPerSecond = null },
        _ => null,
    };
}
