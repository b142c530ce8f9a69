using Trama.Lab.Experiments;
using Trama.Lab.Paths.Obstacles;

namespace Trama.Lab.Faults;

/// <summary>A bottleneck on the path.</summary>
internal static class RateLimited
{
    /// <summary>The label.</summary>
    public const string Label = "rate-limited";

    /// <summary>A long queue: the delay grows.</summary>
    public static Plan Shaper(Dice dice)
    {
        var bulk = Bulk.Draw(dice, 150_000, 300_000);
        int rate = dice.Between(500, 1500);
        const int queue = 600_000;
        return Base(dice, bulk, "shaper", "slow-network") with
        {
            Description = $"A bottleneck of {rate} kbit/s with a queue of {queue} bytes limits a bulk {bulk.Word} (delay grows, "
                + "nothing is dropped).",
            Parameters = bulk.Described(("how", "shaper"), ("kbit_per_s", rate), ("queue_bytes", queue)),
            Obstacles = [new Bottleneck(bulk.Way, rate * 1000L, queue)],
            Checks = seen => [Rate(seen, bulk, rate), Evidence.Exactly("packets dropped", seen.Count("drop"), 0)],
        };
    }

    /// <summary>A short queue, which overflows.</summary>
    public static Plan Droptail(Dice dice)
    {
        var bulk = Bulk.Draw(dice, 250_000, 450_000);
        int rate = dice.Between(800, 2500);
        int queue = dice.Between(12_000, 40_000);
        return Base(dice, bulk, "droptail", "packet-loss", "slow-network") with
        {
            Description = $"A bottleneck of {rate} kbit/s with a queue of {queue} bytes limits a bulk {bulk.Word}; the queue overflows.",
            Parameters = bulk.Described(("how", "droptail"), ("kbit_per_s", rate), ("queue_bytes", queue)),
            Obstacles = [new Bottleneck(bulk.Way, rate * 1000L, queue)],
            Checks = seen => [Rate(seen, bulk, rate), Evidence.AtLeast("packets dropped", seen.Count("drop", "droptail"), 2)],
        };
    }

    /// <summary>What exceeds the rate is dropped at once.</summary>
    public static Plan Policer(Dice dice)
    {
        var bulk = Bulk.Draw(dice, 200_000, 350_000);
        int rate = dice.Between(1000, 3000);
        int burst = dice.Between(10_000, 25_000);
        return Base(dice, bulk, "policer", "packet-loss", "slow-network") with
        {
            Description = $"A policer on the path drops whatever exceeds {rate} kbit/s during a bulk {bulk.Word}.",
            Parameters = bulk.Described(("how", "policer"), ("kbit_per_s", rate), ("burst_bytes", burst)),
            Obstacles = [new Policer(bulk.Way, rate * 1000L, burst)],
            Checks = seen => [Evidence.AtLeast("packets dropped", seen.Count("drop", "policer"), 5)],
        };
    }

    private static Plan Base(Dice dice, Bulk bulk, string kind, params string[] related)
    {
        View view = View.Direct(Label, "network").Near(related);
        Surroundings around = Surroundings.Draw(dice, leastRtt: 4, mostRtt: 60).Alone();
        // BBR keeps the queue that shows the bottleneck empty: what is left looks like a slow sender.
        if (around.ClientHost.CongestionControl == "bbr")
        {
            around = around with
            {
                ClientHost = around.ClientHost with { CongestionControl = "cubic" },
                ServerHost = around.ServerHost with { CongestionControl = "cubic" }
            };
        }

        return bulk.Plan(Label, kind, around, view, view);
    }

    // Payload is a little less than IP packets; the queue empties at the bottleneck's rate all the time.
    private static Check Rate(Evidence seen, Bulk bulk, int kilobits)
    {
        Paths.Tally got = bulk.Got(seen);
        double seconds = (got.LastData - got.FirstData) / 1e9;
        double measured = got.Bytes * 8 / seconds / 1000;
        return new Check("the rate at the receiver is the bottleneck's (kbit/s)", measured > kilobits * 0.5 && measured < kilobits * 1.15,
            $"{measured:F0}");
    }
}
