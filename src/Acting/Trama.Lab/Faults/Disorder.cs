using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Nothing is lost, but segments overtake each other, or arrive twice.</summary>
internal static class Disorder
{
    /// <summary>The label of segments that overtake each other.</summary>
    public const string Reordering = "reordering";

    /// <summary>The label of segments that arrive twice.</summary>
    public const string Duplication = "duplication";

    /// <summary>Segments of a bulk transfer overtake each other.</summary>
    public static Plan Overtaking(Dice dice)
    {
        var bulk = Bulk.Draw(dice);
        Surroundings around = Surroundings.Draw(dice, leastRtt: 5, mostRtt: 100).MaybeLate(dice);
        double held = dice.Between(2, Math.Max(2.5, Math.Min(12, around.RttMs / 3)));
        double probability = dice.Between(0.02, 0.08);
        return bulk.Plan(Reordering, null, around, View.Indirect(Reordering, "network").Near("packet-loss"),
            View.Direct(Reordering, "network").Near("packet-loss")) with
        {
            Description = $"Segments of a bulk {bulk.Word} overtake each other on the path; nothing is lost.",
            Parameters = bulk.Described(("held_back_ms", held), ("probability", probability)),
            Obstacles = [new Holding(Choices.Data(bulk.Way, probability, dice.Seed()), Surroundings.Nanoseconds(held))],
            Checks = seen =>
            [
                Evidence.AtLeast("segments that arrived behind later ones", bulk.Got(seen).Behind - bulk.Sent(seen).Again, 2),
                Evidence.Exactly("segments lost", seen.Count("drop"), 0),
            ],
        };
    }

    /// <summary>Some segments of a bulk transfer arrive twice.</summary>
    public static Plan Copies(Dice dice)
    {
        var bulk = Bulk.Draw(dice);
        double probability = dice.Between(0.03, 0.12);
        double gap = dice.Between(0.05, 0.4);
        return bulk.Plan(Duplication, null, Surroundings.Draw(dice, leastRtt: 1, mostRtt: 100).MaybeLate(dice),
            View.Indirect(Duplication, "network").Near("packet-loss", "reordering"),
            View.Direct(Duplication, "network").Near("packet-loss")) with
        {
            Description = $"Some segments of a bulk {bulk.Word} are duplicated on the path; nothing is lost.",
            Parameters = bulk.Described(("probability", probability), ("gap_ms", gap)),
            Obstacles = [new Copying(Choices.Data(bulk.Way, probability, dice.Seed()), Surroundings.Nanoseconds(gap))],
            Checks = seen =>
            [
                Evidence.AtLeast("segments that arrived twice", seen.Count("duplicate"), 2),
                Evidence.Exactly("segments lost", seen.Count("drop"), 0),
            ],
        };
    }

    /// <summary>Every packet of a small conversation arrives twice.</summary>
    public static Plan EveryPacketTwice(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 6));
        double gap = dice.Between(0.1, 0.5);
        View view = View.Direct(Duplication, "network").Near("packet-loss");
        return Clean.Talking(dice, "every-packet", "Every packet is duplicated on the path; nothing is lost.", exchanges) with
        {
            Label = Duplication,
            Party = "network",
            Around = Surroundings.Draw(dice, leastRtt: 1).WithOptions(),
            FromClient = view,
            FromServer = view,
            Repeats = true,
            Parameters = new() { ["direction"] = "both", ["probability"] = 1.0, ["gap_ms"] = gap },
            Obstacles = [new Copying((in Crossing _) => true, Surroundings.Nanoseconds(gap))],
            Checks = seen =>
            [
                Evidence.Exactly("packets that arrived twice", seen.Count("duplicate"),
                    seen.ClientSent.Segments + seen.ServerSent.Segments),
                Evidence.Exactly("segments sent again", seen.ClientSent.Again + seen.ServerSent.Again, 0),
            ],
        };
    }
}
