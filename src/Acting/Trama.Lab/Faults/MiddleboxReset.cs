using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>A device on the path forges RST segments to both ends.</summary>
internal static class MiddleboxReset
{
    /// <summary>The label.</summary>
    public const string Label = "middlebox-reset";

    /// <summary>The packet that it does not like reaches the server.</summary>
    public static Plan Forward(Dice dice) => Base(dice, "forward", true);

    /// <summary>It does not.</summary>
    public static Plan Swallow(Dice dice) => Base(dice, "swallow", false);

    private static Plan Base(Dice dice, string kind, bool forward)
    {
        Surroundings around = Surroundings.Draw(dice, leastRtt: 4).MaybeLate(dice);
        around = around with { Hops = Math.Max(around.Hops, 5) };
        int before = dice.Between(2, around.Hops - 3);
        int timeToLive = dice.Pick(64, 128, 255);
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(around.Capture.BeginsAfterPackets > 0 ? 3 : 1, 5));
        exchanges[^1] = exchanges[^1] with { Think = dice.Between(0.05, 0.3) };
        int trigger = exchanges.Length - 1;
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "network",
            Description = $"A device on the path forges RST segments to both ends when it sees request {exchanges.Length}; their TTL "
                + "differs from that of the real peer.",
            Around = around,
            FromClient = View.Direct(Label, "network"),
            FromServer = View.Direct(Label, "network"),
            Parameters = new() { ["hops_from_client"] = before, ["ttl"] = timeToLive, ["trigger_forwarded"] = forward },
            Repeats = true,
            Obstacles =
            [
                new ResetForger(
                    (in Crossing crossing) => crossing.Direction == Direction.ToServer && crossing.Length > 0
                        && crossing.DataIndex == trigger, before, timeToLive, forward),
            ],
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
            Checks = seen =>
            [
                Evidence.Exactly("forged RST to both ends", seen.Count("forged-rst"), 2),
                Evidence.Exactly("no RST from the client", seen.ClientSent.Resets, 0),
                Apart("at the client", timeToLive - before, around.ServerHost.TimeToLive - around.Hops),
                Apart("at the server", timeToLive - (around.Hops - before), around.ClientHost.TimeToLive - around.Hops),
                Evidence.Is("the client met it", seen.ClientOutcome, "ECONNRESET"),
                Evidence.Is("the server met it", seen.ServerOutcome, "ECONNRESET", "EPIPE"),
            ],
        };
    }

    private static Check Apart(string where, int forged, int real) =>
        new($"the time to live differs {where}", Math.Abs(forged - real) > 1, $"{forged} {real}");
}
