using Trama.Lab.Experiments;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;
using Trama.Lab.Programs;

namespace Trama.Lab.Faults;

/// <summary>SYNs get no answer at all.</summary>
internal static class ConnectionFiltered
{
    // What the server's host sees of it alone.
    private const string HalfOpen = "half-open";

    // A second and two more: so long the server's kernel sends its SYN-ACK again, twice.
    private const double StaysFor = 4;

    /// <summary>The label.</summary>
    public const string Label = "connection-filtered";

    /// <summary>Dropped on the way.</summary>
    public static Plan Path(Dice dice) =>
        Base(dice, "path", "network", new Dropping("syn-filter", (in Crossing crossing) => crossing.IsSyn)) with
        {
            Description = "The SYN never reaches the server (dropped on the path without any answer) and is retransmitted until "
            + "the client gives up.",
            FromServer = View.None,
        };

    /// <summary>The answer is dropped on the way back.</summary>
    public static Plan ReturnPath(Dice dice) => Base(dice, "return-path", "network",
        new Dropping("syn-ack-filter", (in Crossing crossing) => crossing.IsSynAck)) with
    {
        Description = "The SYN-ACK is dropped on the way back: the server repeats it, the client its SYN, until both give up.",
        FromServer = View.Indirect(Label, "network", "client").Near("peer-vanished", "syn-flood"),
    };

    /// <summary>Dropped by a firewall on the server's host.</summary>
    public static Plan Host(Dice dice) => Base(dice, "host", "server", new Refusing((in Crossing crossing) => crossing.IsSyn)) with
    {
        Description = "A firewall on the server host silently drops the SYN; the client retransmits it until it gives up.",
        FromClient = View.Direct(Label, "server", "network").Near("peer-vanished"),
        FromServer = View.Direct(Label, "server", "network").Near("peer-vanished"),
    };

    private static Plan Base(Dice dice, string kind, string party, IObstacle obstacle)
    {
        bool kernelGivesUp = dice.Chance(0.4);
        int retries = dice.Between(2, 3);
        double timeout = dice.Between(3.5, 7);
        int attempts = dice.Between(1, 2);
        Surroundings around = Surroundings.Draw(dice, mostRtt: 200);
        return new Plan
        {
            Label = Label,
            Kind = kind,
            Party = party,
            Description = "",
            Around = around,
            FromClient = View.Direct(Label, "network", "server").Near("peer-vanished"),
            FromServer = View.None,
            Parameters = new()
            {
                ["where"] = kind,
                ["connect_timeout_s"] = kernelGivesUp ? null : timeout,
                ["syn_retries"] = kernelGivesUp ? retries : null,
                ["attempts"] = attempts,
                ["syn_backoff"] = around.ClientHost.LinearSyns > 0 ? "1 s apart, then exponential" : "exponential",
            },
            Repeats = true,
            Obstacles = [obstacle],
            Server = server => server.Listen(),
            Client = client => Attempts.Make(client, attempts, 0.5, kernelGivesUp ? null : TimeSpan.FromSeconds(timeout),
                kernelGivesUp ? socket => socket.SetSynRetries(retries) : null),
            Checks = seen =>
            [
                Evidence.AtLeast("the SYN was repeated", seen.ClientSent.Syns, attempts + 1),
                Evidence.Exactly("nothing came back", seen.ClientGot.Segments, 0),
                Evidence.Is("the client gave up", seen.ClientOutcome, "ETIMEDOUT", "application-timeout"),
            ],
        };
    }

    /// <summary>The answers to the only SYN of a client that gives up at once never arrive: the server keeps half a connection.</summary>
    public static Plan GivenUp(Dice dice) => new()
    {
        Label = Label,
        Kind = "given-up",
        Party = "network",
        Description = "The server's SYN-ACKs are lost on the path; the client gave up after its first SYN.",
        Around = Surroundings.Draw(dice, mostRtt: 100).Alone(),
        FromClient = View.None,
        FromServer = new View("direct", [HalfOpen, Label], ["network"], []),
        Repeats = true,
        Obstacles = [new Dropping("return-path", (in Crossing crossing) => crossing.IsSynAck)],
        Server = server =>
        {
            server.Listen();
            Dialogue.Sleep(StaysFor);
        },
        Client = client => Attempts.Make(client, 1, 0, TimeSpan.FromSeconds(0.5)),
        Checks = seen => [Evidence.AtLeast("SYN-ACKs that were lost", seen.Count("drop"), 2)],
    };
}
