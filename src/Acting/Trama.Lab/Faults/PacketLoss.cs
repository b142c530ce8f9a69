using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Segments are lost on the path.</summary>
internal static class PacketLoss
{
    /// <summary>The label.</summary>
    public const string Label = "packet-loss";

    /// <summary>Several segments of a bulk transfer.</summary>
    public static Plan Random(Dice dice)
    {
        var bulk = Bulk.Draw(dice);
        double loss = dice.Between(0.01, 0.05);
        View view = View.Direct(Label, "network");
        return bulk.Plan(Label, "random", Surroundings.Draw(dice, leastRtt: 1, mostRtt: 100), view, view) with
        {
            Description = $"Random loss of {loss * 100:F1} % during a bulk {bulk.Word} of {bulk.Bytes} bytes.",
            Parameters = bulk.Described(("loss", loss)),
            Obstacles = [new Dropping("random", Choices.Data(bulk.Way, loss, dice.Seed()))],
            Checks = seen =>
            [
                Evidence.AtLeast("segments lost", seen.Count("drop", "random"), 2),
                Evidence.AtLeast("segments sent again", bulk.Sent(seen).Again, 2),
            ],
        };
    }

    /// <summary>One segment, resent after duplicate ACKs.</summary>
    public static Plan Single(Dice dice)
    {
        var bulk = Bulk.Draw(dice);
        double fraction = dice.Between(0.2, 0.8);
        int lost = bulk.SegmentsBefore + (int)(bulk.Segments * fraction);
        View view = View.Direct(Label, "network");
        return bulk.Plan(Label, "single", Surroundings.Draw(dice, leastRtt: 1, mostRtt: 100), view, view) with
        {
            Description = $"A single data segment of a bulk {bulk.Word} is lost and recovered by fast retransmit.",
            Parameters = bulk.Described(("lost_at_fraction", fraction)),
            Obstacles = [new Dropping("chosen", (in Crossing crossing) => crossing.Direction == bulk.Way && crossing.Length > 0
                && !crossing.Again && crossing.DataIndex == lost)],
            Checks = seen =>
            [
                Evidence.Exactly("segments lost", seen.Count("drop"), 1),
                Evidence.AtLeast("segments sent again", bulk.Sent(seen).Again, 1),
            ],
        };
    }

    /// <summary>The last segment of a message, resent only by a timer.</summary>
    public static Plan Tail(Dice dice)
    {
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 5));
        int hit = dice.Between(1, exchanges.Length - 1);
        int times = dice.Between(1, 2);
        bool up = dice.Chance(0.5);
        if (dice.Chance(0.4)) exchanges[hit] = up ? exchanges[hit] with { Request = dice.Between(3000, 12_000) } : exchanges[hit]
            with
        { Reply = dice.Between(3000, 12_000) };
        long end = exchanges.Take(hit + 1).Sum(exchange => (long)(up ? exchange.Request : exchange.Reply));
        Direction way = up ? Direction.ToServer : Direction.ToClient;
        int lost = 0;
        View sender = View.Direct(Label, "network").Near("slow-network");
        View receiver = View.Indirect(Label, "network").Near("slow-network", up ? "slow-client" : "slow-server");
        return new Plan
        {
            Label = Label,
            Kind = "tail",
            Party = "network",
            Description = $"The last segment of {(up ? "request" : "reply")} {hit + 1} is lost {(times == 1 ? "once" : "twice")}; with "
                + "nothing behind it, only a timer (tail-loss probe or RTO) recovers it.",
            Around = Surroundings.Draw(dice, mostRtt: 120),
            FromClient = up ? sender : receiver,
            FromServer = up ? receiver : sender,
            Parameters = new()
            {
                ["direction"] = up ? "up" : "down",
                ["exchange"] = hit + 1,
                ["message_bytes"] = up ? exchanges[hit].Request : exchanges[hit].Reply,
                ["times_lost"] = times
            },
            Repeats = true,
            EndsWell = true,
            Obstacles = [new Dropping("chosen", (in Crossing crossing) => crossing.Direction == way && crossing.Length > 0
                && crossing.End == end && lost++ < times)],
            Server = server => Dialogue.ServeAll(server.Accept(), exchanges),
            Client = client => Dialogue.AskAll(client.Connect(), exchanges),
            Checks = seen =>
            [
                Evidence.Exactly("segments lost", seen.Count("drop"), times),
                Evidence.AtLeast("segments sent again", seen.Wire.Sent[(int)way].Again, times),
            ],
        };
    }
}
