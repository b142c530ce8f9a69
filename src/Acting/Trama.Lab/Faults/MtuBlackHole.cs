using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>Small messages pass; full-size segments never arrive, and there is no ICMP.</summary>
internal static class MtuBlackHole
{
    /// <summary>The label.</summary>
    public const string Label = "mtu-black-hole";

    /// <summary>On the way to the server.</summary>
    public static Plan Up(Dice dice) => Base(dice, "up", Direction.ToServer);

    /// <summary>On the way to the client.</summary>
    public static Plan Down(Dice dice) => Base(dice, "down", Direction.ToClient);

    private static Plan Base(Dice dice, string kind, Direction way)
    {
        bool up = way == Direction.ToServer;
        int largest = dice.Between(1280, 1480);
        double timeout = dice.Between(4, 7);
        int bytes = dice.Between(4000, 30_000);
        Exchange[] exchanges = Dialogue.Small(dice, dice.Between(2, 4));
        exchanges[^1] = up ? exchanges[^1] with { Request = bytes } : exchanges[^1] with { Reply = bytes };
        View sender = View.Direct(Label, "network").Near("packet-loss", "peer-vanished");
        View receiver = View.Indirect(Label, "network")
            .Near("packet-loss", "no-reply", "peer-vanished", up ? "slow-client" : "slow-server");
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = "network",
            Description = $"Packets larger than {largest} bytes vanish on the way {kind} without ICMP: small messages pass, "
                + $"{(up ? "request" : "reply")} {exchanges.Length} never does.",
            Around = Surroundings.Draw(dice, mostRtt: 150).MaybeLate(dice).Alone(),
            FromClient = up ? sender : receiver,
            FromServer = up ? receiver : sender,
            Repeats = true,
            Tail = 0.5,
            Parameters = new()
            {
                ["direction"] = kind,
                ["largest_packet_that_passes"] = largest,
                ["exchange"] = exchanges.Length,
                ["message_bytes"] = bytes,
                ["client_timeout_s"] = timeout
            },
            Obstacles = [new Dropping("mtu", (in Crossing crossing) => crossing.Direction == way && crossing.Packet.Length > largest)],
            Server = server =>
            {
                using Talk talk = server.Accept();
                talk.Timeout = TimeSpan.FromSeconds(timeout + 2);
                Dialogue.ServeAll(talk, exchanges);
            },
            Client = client => WithoutReply.AskWithin(client, timeout, exchanges),
            Checks = seen =>
            [
                Evidence.AtLeast("packets lost", seen.Count("drop", "mtu"), 3),
                Evidence.AtLeast("segments sent again", seen.Wire.Sent[(int)way].Again, 2),
                Evidence.Is("the client gave up", seen.ClientOutcome, "application-timeout"),
            ],
        };
    }
}
