using Trama.Lab.Reenacting;
using Trama.Packets.Network;

namespace Trama.Replay.Again;

/// <summary>The other clients of a scene, who knocked and never went on.</summary>
internal static class KnockScene
{
    // One client alone, whose SYN or whose answer was lost, is played by its program and the path.
    private const int Least = 2;

    /// <summary>The scene with those whom the capture shows beside the connection.</summary>
    public static Scene WithKnocks(this Scene scene, SeenConnection seen)
    {
        SeenKnock[] knocks = [.. seen.Knocks];
        bool onlyKnocks = knocks.Count(knock => !knock.WentOn) >= Least && knocks.Any(knock => knock.IsAnswered)
            && knocks.Any(knock => knock.Connection == seen.Connection.Id && !knock.WentOn);
        if (!onlyKnocks) knocks = [.. knocks.Where(knock => knock.Connection != seen.Connection.Id)];
        if (knocks.Length == 0) return scene;
        long begin = seen.Segments[0].At.Nanoseconds;
        Dictionary<IpAddress, int> addresses = knocks.Select(knock => knock.Client.Address).Distinct()
            .Select((address, place) => (address, place)).ToDictionary();
        SceneKnock[] played =
        [
            .. knocks.SelectMany((knock, client) => knock.At.Select(at => new SceneKnock(
                at.Nanoseconds - begin, client, addresses[knock.Client.Address], knock.IsAnswered)))
                .Where(knock => Math.Abs(knock.AtNs) <= SceneReader.LongestWaitNs)
                .OrderBy(knock => knock.AtNs),
        ];
        // Those that come later belong to it, too.
        long last = played.Length == 0 ? 0 : played.Max(knock => knock.AtNs);
        return scene with { Knocks = played, OnlyKnocks = onlyKnocks, LengthNs = Math.Max(scene.LengthNs, last + SceneReader.TailNs) };
    }
}
